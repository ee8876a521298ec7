import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import {
    FaultExperiments,
    type RegionalFoundation,
    SyntheticCanary,
    unbearableAlarm,
} from "../../components/operations";
import { flagWhere, isGiven, numberIn, required } from "../../components/shared/argumentRules";
import { type Settings } from "./settings";

/** A region's subnets, as FIS takes them: no more than five to an experiment. */
const SUBNETS_MAX = 5;

/** What the stack files of systems that answer everybody say. */
export interface RecoveryKeys {
    /** Minutes between two runs of a canary; 0 for no canaries. */
    canaryIntervalMinutes: number;
    /** Whether there are experiments with faults, which somebody can start. */
    faultExperiments: boolean;
}

/** The rules of what watches such systems from outside, and of what can be tried out. */
export function recoveryKeys() {
    return {
        canaryIntervalMinutes: required(numberIn({ min: 0, max: 60, step: 1 })),
        faultExperiments: required(
            flagWhere(
                (given, { peerRegion }) => !given || isGiven(peerRegion),
                "false while there is no peerRegion",
                { remedy: "What is tried out is that the region does not reach the other one" },
            ),
        ),
    };
}

/**
 * Has canaries in this region ask for a page as viewers do: of the name that people use, `<name>-world`, and, in two regions, of
 * this region's own, `<name>-own`. Every region asks for the former, so that no region's loss leaves it unwatched.
 *
 * @param own This region's own name, where it has one that everybody reaches.
 */
export function watchHosts(
    name: string,
    settings: Settings & RecoveryKeys,
    { alarmTopicArn, kmsKeyArn, logBucketName }: RegionalFoundation,
    { own, world }: { readonly world: string; readonly own?: string },
    provider: aws.Provider,
): void {
    const { accountId, canaryIntervalMinutes: intervalMinutes, deletionProtection, region } = settings;
    if (intervalMinutes === 0) {
        return;
    }
    const hosts: Readonly<Record<string, string>> =
        own === undefined || own === world ? { world } : { world, own };
    for (const [role, host] of Object.entries(hosts)) {
        new SyntheticCanary(
            `${name}-${role}`,
            {
                region,
                accountId,
                host,
                intervalMinutes,
                alarmTopicArn,
                kmsKeyArn,
                accessLogBucket: logBucketName,
                deletionProtection,
            },
            { providers: [provider] },
        );
    }
}

/** What faults are about. */
interface Faulty {
    /** The subnets of what calls others. */
    readonly subnetIds: pulumi.Output<string[]>;
    /** What viewers reach: an experiment ends when one of these fails too much of what it is asked. */
    readonly balancers: Readonly<Record<string, { readonly loadBalancerArnSuffix: pulumi.Output<string> }>>;
}

/**
 * Makes an experiment in which this region does not reach the other one, `<name>-faults`, and for each balancer the alarm that ends it,
 * `<name>-<balancer>-unbearable`. Nobody starts it but people.
 */
export function tryFaults(
    name: string,
    settings: Settings & RecoveryKeys,
    { alarmTopicArn: topicArn, kmsKeyArn }: RegionalFoundation,
    { balancers, subnetIds }: Faulty,
    provider: aws.Provider,
): void {
    const { accountId, logRetentionDays, peerRegion, region } = settings;
    if (!settings.faultExperiments || peerRegion === undefined) {
        return;
    }
    new FaultExperiments(
        `${name}-faults`,
        {
            region,
            accountId,
            kmsKeyArn,
            logRetentionDays,
            stopAlarmArns: Object.entries(balancers).map(
                ([key, { loadBalancerArnSuffix }]) =>
                    unbearableAlarm(
                        `${name}-${key}-unbearable`,
                        { region, loadBalancerArnSuffix, topicArn },
                        { provider },
                    ).arn,
            ),
            crossRegion: {
                peerRegion,
                subnetArns: subnetIds.apply((ids) =>
                    ids.slice(0, SUBNETS_MAX).map((id) => `arn:aws:ec2:${region}:${accountId}:subnet/${id}`),
                ),
            },
        },
        { providers: [provider] },
    );
}
