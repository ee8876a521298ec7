import * as pulumi from "@pulumi/pulumi";

import {
    EdgeDistribution,
    type EdgeDistributionArgs,
} from "../../../components/edge/edgeDistribution/edgeDistribution";
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
        const edge = new EdgeDistribution(name, args, { providers: [testProvider(args.region)] });
        return Object.fromEntries(
            Object.entries(edge).filter(([, value]) => pulumi.Output.isInstance(value) && value !== edge.urn),
        );
    });
}
