import * as pulumi from "@pulumi/pulumi";

import { type TagsInput } from "../../shared/tags";
import { type PersonalizationArgs, RecommendationDomain } from "./args";
import { type AwsNative } from "./awsNative";
import { DATASET_TYPES, DATASETS, schemaOf } from "./schemas";
import { type DatasetPlan, type TrainedUse } from "./training";
import { personalizeArn, Server, type UsePlan } from "./uses";

/** What the resources of Personalize are made with. */
export interface Maker {
    readonly parent: pulumi.Resource;
    readonly name: string;
    readonly args: PersonalizationArgs;
    readonly native: AwsNative;
    readonly provider: pulumi.ProviderResource;
    readonly tags: TagsInput;
}

/** What there is of Personalize as resources. */
export interface Datasets {
    readonly datasetGroupArn: pulumi.Output<string>;
    readonly datasets: readonly DatasetPlan[];
    readonly trackingId: pulumi.Output<string>;
    readonly uses: readonly TrainedUse[];
}

/** Makes the dataset group and all that is in it, but for what has no resource: versions, campaigns, filters. */
export function makeDatasets(
    maker: Maker,
    uses: readonly UsePlan[],
    keyArn: pulumi.Input<string>,
    roleArn: pulumi.Input<string>,
): Datasets {
    const { parent, name, args, native, provider } = maker;
    const { personalize } = native;
    const domain = args.domain === RecommendationDomain.Ecommerce ? { domain: "ECOMMERCE" as const } : {};
    const common = { parent, provider };
    // CloudFormation replaces all of these for another tag, and what a dataset holds is then gone. So a tag stays as
    // it was made; all that may change in place is the tracker's.
    const withFixedTags = { ...common, ignoreChanges: ["tags"] };
    // What is replaced or deleted takes along what people did.
    const protectedData = { ...withFixedTags, protect: args.deletionProtection ?? true };
    const tags = nativeTags(maker.tags);

    const group = new personalize.DatasetGroup(
        `${name}-group`,
        { ...domain, kmsKeyArn: keyArn, roleArn, tags },
        protectedData,
    );
    const { datasetGroupArn } = group;
    const made = DATASETS.map((dataset) => {
        const schema = new personalize.Schema(
            `${name}-${dataset}-schema`,
            { ...domain, schema: schemaOf(dataset, args.schemas), tags },
            withFixedTags,
        );
        const resource = new personalize.Dataset(
            `${name}-${dataset}`,
            {
                datasetGroupArn,
                datasetType: DATASET_TYPES[dataset],
                schemaArn: schema.schemaArn,
                tags,
            },
            // A group has one dataset of a type.
            { ...protectedData, deleteBeforeReplace: true },
        );
        return {
            resource,
            plan: {
                dataset,
                datasetArn: resource.datasetArn,
                jobArnPrefix: personalizeArn(args, IMPORT_JOB, ""),
            },
        };
    });
    const resources = made.map(({ resource }) => resource);
    const tracker = new personalize.EventTracker(
        `${name}-tracker`,
        { datasetGroupArn, tags },
        // A group has one tracker, which writes into a dataset that must be there.
        { ...common, dependsOn: resources, deleteBeforeReplace: true },
    );
    return {
        datasetGroupArn,
        datasets: made.map(({ plan }) => plan),
        trackingId: tracker.trackingId,
        uses: uses.map((use) =>
            use.server === Server.Recommender
                ? use
                : {
                      ...use,
                      solutionArn: new personalize.Solution(
                          `${name}-${use.use}`,
                          { datasetGroupArn, recipeArn: use.recipeArn, tags },
                          // A solution goes before its datasets do.
                          { ...withFixedTags, dependsOn: resources },
                      ).solutionArn,
                  },
        ),
    };
}

/** How ARNs of import jobs begin. */
export const IMPORT_JOB = "dataset-import-job";

/** Tags as CloudFormation's resources have them. */
function nativeTags(tags: TagsInput): pulumi.Output<{ key: string; value: string }[]> {
    return pulumi.output(tags).apply((all) => Object.entries(all).map(([key, value]) => ({ key, value })));
}
