import * as pulumi from "@pulumi/pulumi";

import {
    EdgeDistribution,
    type EdgeDistributionArgs,
} from "../../../components/edge/edgeDistribution/edgeDistribution";
import {
    DownloadsDistribution,
    type DownloadsDistributionArgs,
} from "../../../components/edge/downloadsDistribution/downloadsDistribution";
import { previewProgram, type ProgramPreview, TEST_ACCOUNT, testProvider } from "../preview";

/** A shop's own host in Frankfurt. */
export const shopArgs: EdgeDistributionArgs = {
    region: "eu-central-1",
    replicaRegion: "eu-west-1",
    accountId: TEST_ACCOUNT,
    domainNames: ["eu.shop.example.com", "de.shop.example.com"],
    hostedZoneId: "Z0123456789EXAMPLE0AB",
    dynamicOrigin: {
        domainName: "origin-eu.shop.example.com",
        headers: [{ name: "x-meridian-origin-eu", value: "open-sesame" }],
    },
};

/** A place for downloads: no application behind it. */
export const downloadArgs: EdgeDistributionArgs = {
    region: "us-east-1",
    replicaRegion: "us-west-2",
    accountId: TEST_ACCOUNT,
    domainNames: ["dl.example.com"],
    hostedZoneId: "Z0123456789EXAMPLE0AB",
};

/** Previews one distribution, by the provider of its home region; its outputs are the stack's. */
export function previewEdge(args: EdgeDistributionArgs, name = "shop-edge"): Promise<ProgramPreview> {
    return previewProgram(() => {
        return outputsOf(new EdgeDistribution(name, args, { providers: [testProvider(args.region)] }));
    });
}

function outputsOf(component: pulumi.ComponentResource): Record<string, unknown> {
    return Object.fromEntries(
        Object.entries(component).filter(
            ([, value]) => pulumi.Output.isInstance(value) && value !== component.urn,
        ),
    );
}

/** The balancer that has answered for updates until now. */
export const UPDATES_BALANCER =
    "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/updates/0123456789abcdef";

/** Updates of devices, from a balancer in Frankfurt. */
export const updatesArgs: DownloadsDistributionArgs = {
    region: "eu-central-1",
    accountId: TEST_ACCOUNT,
    domainNames: ["updates.example.com"],
    hostedZoneId: "Z0123456789EXAMPLE0AB",
    balancer: { loadBalancerArn: UPDATES_BALANCER },
};

/** Previews one distribution of downloads; its outputs are the stack's. */
export function previewDownloads(
    args: DownloadsDistributionArgs = updatesArgs,
    name = "updates",
): Promise<ProgramPreview> {
    return previewProgram(() => {
        return outputsOf(new DownloadsDistribution(name, args, { providers: [testProvider(args.region)] }));
    });
}
