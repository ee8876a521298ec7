import type * as pulumi from "@pulumi/pulumi";

import { loadNative, type NativeClass, type ProviderModule } from "../../security/awsNative";

interface Tagged {
    tags?: pulumi.Input<{ key: string; value: string }[]>;
}

/** Arguments of `personalize.DatasetGroup`. */
export interface DatasetGroupArgs extends Tagged {
    domain?: "ECOMMERCE";
    kmsKeyArn?: pulumi.Input<string>;
    roleArn?: pulumi.Input<string>;
}

/** Arguments of `personalize.Schema`. */
export interface SchemaArgs extends Tagged {
    domain?: "ECOMMERCE";
    schema: string;
}

/** Arguments of `personalize.Dataset`. */
export interface DatasetArgs extends Tagged {
    datasetGroupArn: pulumi.Input<string>;
    datasetType: "Interactions" | "Items" | "Users";
    schemaArn: pulumi.Input<string>;
}

/** Arguments of `personalize.EventTracker`. */
export interface EventTrackerArgs extends Tagged {
    datasetGroupArn: pulumi.Input<string>;
}

/** Arguments of `personalize.Solution`. */
export interface SolutionArgs extends Tagged {
    datasetGroupArn: pulumi.Input<string>;
    recipeArn?: string;
}

/** The module `personalize` of the package. */
export interface PersonalizeModule {
    readonly Dataset: NativeClass<DatasetArgs, "datasetArn">;
    readonly DatasetGroup: NativeClass<DatasetGroupArgs, "datasetGroupArn">;
    readonly EventTracker: NativeClass<EventTrackerArgs, "eventTrackerArn" | "trackingId">;
    readonly Schema: NativeClass<SchemaArgs, "schemaArn">;
    readonly Solution: NativeClass<SolutionArgs, "solutionArn">;
}

/** What the component uses of the package. */
export interface AwsNative {
    readonly personalize: PersonalizeModule;
    readonly provider: ProviderModule;
}

/**
 * Loads what the component uses of @pulumi/aws-native.
 *
 * @param load As Node.js's `require`, in a test.
 * @throws pulumi.RunError when the package is not installed.
 */
export function loadAwsNative(asker: string, load?: (name: string) => unknown): AwsNative {
    return {
        personalize: loadNative(asker, "personalize", load) as PersonalizeModule,
        provider: loadNative(asker, "provider", load) as ProviderModule,
    };
}
