import { DocumentEngine } from "../../components/data";
import {
    arnOf,
    byDefault,
    numberOf,
    oneOf,
    required,
    requiredWhile,
    text,
    textLike,
    wholeNumber,
} from "../../components/shared/argumentRules";
import { type ArgumentTable } from "../../components/shared/argumentTable";
import { readSettings, type StackSettings } from "../shared/settings";

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
    minTasks: required(
        wholeNumber({ min: 2, max: 100 }, "a whole number from 2 to 100: one in each of two zones"),
    ),
    maxTasks: required(
        wholeNumber(
            ({ minTasks }) => ({ min: numberOf(minTasks, 2), max: 1000 }),
            ({ minTasks }) => `a whole number from ${numberOf(minTasks, 2)} (minTasks) to 1000`,
        ),
    ),
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
