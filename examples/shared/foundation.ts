import * as pulumi from "@pulumi/pulumi";

import { RegionalFoundation, type RegionalFoundationArgs } from "../../components/operations";
import { type CommonSettings, type StackPlace } from "./settings";

/** What everything in a stack's region stands on, as the settings that all systems have say it. */
export function stackFoundation(
    name: string,
    settings: CommonSettings & StackPlace,
    opts: pulumi.ComponentResourceOptions,
    also: Pick<RegionalFoundationArgs, "apiGatewayLogs"> = {},
): RegionalFoundation {
    return new RegionalFoundation(
        name,
        {
            region: settings.region,
            accountId: settings.accountId,
            ...(settings.alarmEmail === undefined ? {} : { alarmEmail: settings.alarmEmail }),
            edgeAlarms: true,
            healthEvents: settings.healthEvents,
            accountBaseline: settings.accountBaseline,
            homeRegion: settings.accountBaseline && settings.isPrimary,
            monthlyBudgetUsd: settings.monthlyBudgetUsd,
            budgetEnvironment: settings.environment,
            logRetentionDays: settings.logRetentionDays,
            deletionProtection: settings.deletionProtection,
            ...also,
        },
        opts,
    );
}

/** The primary region's stack, for the other one; none where it is this one, or the only one. */
export function primaryStack({
    isPrimary,
    primaryStack: name,
}: CommonSettings & StackPlace): pulumi.StackReference | undefined {
    return isPrimary || name === undefined
        ? undefined
        : new pulumi.StackReference(`${pulumi.getOrganization()}/${pulumi.getProject()}/${name}`);
}
