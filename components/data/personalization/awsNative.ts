import { createRequire } from "node:module";

import * as pulumi from "@pulumi/pulumi";

// Written down here, so that neither a program's compiler nor the inference of the package's schema needs the
// declarations of @pulumi/aws-native, which whoever makes no such component does not install. A test holds them to the
// package's own.

/** A resource with outputs that are texts. */
type Made<Output extends string> = pulumi.CustomResource & {
    readonly [Name in Output]: pulumi.Output<string>;
};

type ResourceClass<Args, Output extends string> = new (
    name: string,
    args: Args,
    opts?: pulumi.CustomResourceOptions,
) => Made<Output>;

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
    readonly Dataset: ResourceClass<DatasetArgs, "datasetArn">;
    readonly DatasetGroup: ResourceClass<DatasetGroupArgs, "datasetGroupArn">;
    readonly EventTracker: ResourceClass<EventTrackerArgs, "eventTrackerArn" | "trackingId">;
    readonly Schema: ResourceClass<SchemaArgs, "schemaArn">;
    readonly Solution: ResourceClass<SolutionArgs, "solutionArn">;
}

/** The provider of the package. */
export interface ProviderModule {
    readonly Provider: new (
        name: string,
        args: { region: string; allowedAccountIds: pulumi.Input<string>[] },
        opts?: pulumi.ResourceOptions,
    ) => pulumi.ProviderResource;
}

/** What the component uses of the package. */
export interface AwsNative {
    readonly personalize: PersonalizeModule;
    readonly provider: ProviderModule;
}

const PACKAGE = "@pulumi/aws-native";

/**
 * Loads what the component uses of @pulumi/aws-native: two of its 250 modules, a hundredth of the time.
 *
 * @param load As Node.js's `require`, in a test.
 * @throws pulumi.RunError when the package is not installed.
 */
export function loadAwsNative(
    asker: string,
    load: (name: string) => unknown = createRequire(__filename),
): AwsNative {
    try {
        return {
            personalize: load(`${PACKAGE}/personalize`) as PersonalizeModule,
            provider: load(`${PACKAGE}/provider`) as ProviderModule,
        };
    } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        if (code === "MODULE_NOT_FOUND" && message.includes(`'${PACKAGE}/`)) {
            throw new pulumi.RunError(
                `${asker} needs ${PACKAGE}, which is not installed beside this package: npm install ${PACKAGE}`,
            );
        }
        throw error;
    }
}
