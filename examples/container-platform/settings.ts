import { DocumentEngine } from "../../components/data";
import {
    alsoWhere,
    arnOf,
    byDefault,
    isGiven,
    oneOf,
    required,
    requiredWhile,
    text,
    textLike,
} from "../../components/shared/argumentRules";
import { type ArgumentTable } from "../../components/shared/argumentTable";
import { type RecoveryKeys, recoveryKeys } from "../shared/recovery";
import { otherRegion, readSettings, type StackSettings } from "../shared/settings";
import { taskCounts } from "../shared/taskCounts";

/** How new versions of the services come in. */
export enum Delivery {
    /** A pipeline in the account. */
    CodePipeline = "CodePipeline",
    /** A workflow of GitHub Actions, which gets a role. */
    GitHubActions = "GitHubActions",
    /** `pulumi up`, with the images of the configuration. */
    None = "None",
}

/** Where the front end's balancer stands. */
export enum FrontExposure {
    /** On the internet. */
    Internet = "Internet",
    /** In the network, where CloudFront alone reaches it. */
    CloudFront = "CloudFront",
}

/** What this system's stack files say beside what all do. See Pulumi.yaml. */
export interface PlatformKeys extends RecoveryKeys {
    frontExposure: FrontExposure;
    replicaRegion?: string;
    databaseEngine: DocumentEngine;
    databaseVersion: string;
    frontImage: string;
    backImage: string;
    proxyImage: string;
    collectorImage: string;
    minTasks: number;
    maxTasks: number;
    delivery: Delivery;
    sourceRepository?: string;
    sourceBranch: string;
    sourceConnectionArn?: string;
}

const KEYS: ArgumentTable<PlatformKeys> = {
    frontExposure: required(
        alsoWhere(
            (exposure, { peerRegion }) => exposure !== FrontExposure.CloudFront || !isGiven(peerRegion),
            `${FrontExposure.Internet} in two regions`,
            oneOf(FrontExposure),
            { remedy: "A name belongs to one distribution, so it cannot fail over between two" },
        ),
    ),
    replicaRegion: requiredWhile(
        ({ frontExposure }) => frontExposure === FrontExposure.CloudFront,
        { allowed: "another region where frontExposure is CloudFront" },
        otherRegion(),
    ),
    databaseEngine: required(oneOf(DocumentEngine)),
    databaseVersion: required(textLike(/^\d\.\d$/, "5.0 or 8.0 of DocumentDB, 7.0 or 8.0 of MongoDB")),
    frontImage: required(text("an image")),
    backImage: required(text("an image")),
    proxyImage: required(text("an image")),
    collectorImage: required(text("an image")),
    ...taskCounts(),
    delivery: required(oneOf(Delivery)),
    sourceRepository: requiredWhile(
        ({ delivery }) => delivery !== Delivery.None,
        { allowed: "a repository, owner/name, where delivery is not None" },
        textLike(/^[\w.-]+\/[\w.-]+$/, "a repository, owner/name"),
    ),
    sourceBranch: required(byDefault("main", text("a branch"))),
    sourceConnectionArn: requiredWhile(
        ({ delivery }) => delivery === Delivery.CodePipeline,
        { allowed: "the ARN of a connection where delivery is CodePipeline" },
        arnOf("(?:codeconnections|codestar-connections)", "a connection of CodeConnections"),
    ),
    ...recoveryKeys(),
};

/** The settings of a stack of the platform. */
export type PlatformSettings = StackSettings<PlatformKeys>;

/** Reads the stack's configuration. */
export function readPlatformSettings(): PlatformSettings {
    return readSettings(KEYS);
}
