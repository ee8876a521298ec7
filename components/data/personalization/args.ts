import type * as pulumi from "@pulumi/pulumi";

import { type TagsInput } from "../../shared/tags";

/** What a dataset group is made for. */
export enum RecommendationDomain {
    /** A group of one's own making: every use is a solution, which the workflow trains, and a campaign. */
    Custom = "CUSTOM",
    /**
     * Personalize's own group for shops: similar items and recommendations for a user are recommenders, which train
     * themselves. It has none that re-ranks, so search stays a solution and a campaign.
     */
    Ecommerce = "ECOMMERCE",
}

/** What recommendations are for. */
export enum RecommendationUse {
    /** Items that are like one item: GetRecommendations with its `itemId`. */
    SimilarItems = "similar-items",
    /** The results of a search in the order that a user is most likely to want: GetPersonalizedRanking. */
    SearchRanking = "search-ranking",
    /** Items for one user: GetRecommendations with the `userId`. */
    ForUser = "for-user",
}

/** Schemas of the datasets, as Avro in JSON. Changing one makes another dataset in the old one's place, without data. */
export interface RecommendationSchemas {
    /** What users did: USER_ID, ITEM_ID, TIMESTAMP and EVENT_TYPE at least. The component's own when left out. */
    interactions?: string;
    /**
     * What there is to recommend: ITEM_ID and one field more at least; PRICE and CATEGORY_L1 for
     * `RecommendationDomain.Ecommerce`. The component's own when left out.
     */
    items?: string;
    /** Who the users are: USER_ID and one field more at least. The component's own when left out. */
    users?: string;
}

/** What recommendations leave out or are limited to. */
export interface RecommendationFilter {
    /** What the filter is called in `filterArns`: small letters, digits and hyphens, 1 to 24 of them. */
    name: string;
    /**
     * Personalize's filter expression, such as `EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("Purchase")`; 1 to
     * 2500 characters. Changing it makes another filter with another ARN, once the workflow has run.
     */
    expression: string;
}

/** Arguments of Personalization. */
export interface PersonalizationArgs {
    /** The AWS region. Amazon Personalize is not in every one. */
    region: string;
    /** The AWS account: 12 digits. */
    accountId: pulumi.Input<string>;
    /** What the dataset group is made for. Changing it makes another group, without data. `CUSTOM` when left out. */
    domain?: RecommendationDomain;
    /** What recommendations are for. All three uses when left out. */
    uses?: RecommendationUse[];
    /**
     * The uses that the workflow makes a campaign or a recommender for, which costs by the hour whether it is asked or
     * not. Those that are not named lose theirs when the workflow runs. None when left out.
     */
    servedUses?: RecommendationUse[];
    /**
     * How many requests in a second each campaign and recommender is ready for, and billed for, at all times: 1 or
     * more. Personalize takes more than that for a while and bills them. 1 when left out.
     */
    minRequestsPerSecond?: number;
    /** Schemas of the datasets. Those of a shop when left out. */
    schemas?: RecommendationSchemas;
    /** Filters that the workflow makes. `not-purchased`, which leaves out what the user bought, when left out. */
    filters?: RecommendationFilter[];
    /**
     * What the names of the SSM parameters begin with: a slash, then letters, digits and `_.-/`. A slash and the
     * component's name when left out.
     */
    parameterPrefix?: string;
    /**
     * When the workflow starts by itself, as EventBridge Scheduler writes it, in UTC: `cron(0 3 ? * SUN *)` or
     * `rate(7 days)`. Only when somebody starts it when left out.
     */
    trainingSchedule?: string;
    /** Name of the bucket of the same region that takes the access logs. None when left out. */
    accessLogBucket?: pulumi.Input<string>;
    /** Topics of the region that are told when a run of a workflow fails. No alarms when left out or empty. */
    alarmTopicArns?: pulumi.Input<pulumi.Input<string>[]>;
    /** For how many days the workflows' logs are kept. 365 when left out. */
    logRetentionDays?: number;
    /** Whether Pulumi refuses to delete the datasets, the bucket and the key. True when left out. */
    deletionProtection?: boolean;
    /** Tags, beside the provider's default tags. Those of datasets and solutions stay as they were made. */
    tags?: TagsInput;
}
