import { DocumentEngine } from "../../components/data";
import {
    arnOf,
    byDefault,
    oneOf,
    required,
    requiredWhile,
    text,
    textLike,
} from "../../components/shared/argumentRules";
import { type ArgumentTable } from "../../components/shared/argumentTable";
import { readSettings, type StackSettings } from "../shared/settings";
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

/** What this system's stack files say beside what all do. See Pulumi.yaml. */
export interface PlatformKeys {
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
};

/** The settings of a stack of the platform. */
export type PlatformSettings = StackSettings<PlatformKeys>;

/** Reads the stack's configuration. */
export function readPlatformSettings(): PlatformSettings {
    return readSettings(KEYS);
}
