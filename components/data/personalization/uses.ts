import * as pulumi from "@pulumi/pulumi";

import { type PersonalizationArgs, RecommendationDomain, RecommendationUse } from "./args";

/** What gives recommendations: a campaign serves what a solution has been trained to, a recommender does both. */
export enum Server {
    Campaign = "campaign",
    Recommender = "recommender",
}

/** How one use is met. */
export interface UsePlan {
    readonly use: RecommendationUse;
    readonly server: Server;
    /** ARN of the recipe. */
    readonly recipeArn: string;
    /** Name of the campaign or recommender. */
    readonly serverName: string;
    /** ARN of the campaign or recommender, whether it is there or not: its name decides it. */
    readonly serverArn: pulumi.Output<string>;
    /** Name of the parameter that holds this ARN while it is there. */
    readonly parameterName: string;
    /** Whether the workflow makes the campaign or recommender; else it takes it away. */
    readonly served: boolean;
}

/** One way to meet a use. */
interface Recipe {
    readonly server: Server;
    readonly recipe: string;
}

// Source: Amazon Personalize Developer Guide, "Choosing a recipe". The second versions cost by what they are trained
// with and take five million items.
const CUSTOM: Readonly<Record<RecommendationUse, Recipe>> = {
    [RecommendationUse.SimilarItems]: { server: Server.Campaign, recipe: "aws-similar-items" },
    [RecommendationUse.SearchRanking]: { server: Server.Campaign, recipe: "aws-personalized-ranking-v2" },
    [RecommendationUse.ForUser]: { server: Server.Campaign, recipe: "aws-user-personalization-v2" },
};

// Source: Amazon Personalize Developer Guide, "ECOMMERCE use cases", which has none that re-ranks.
const ECOMMERCE: Readonly<Record<RecommendationUse, Recipe>> = {
    [RecommendationUse.SimilarItems]: {
        server: Server.Recommender,
        recipe: "aws-ecomm-customers-who-viewed-x-also-viewed",
    },
    [RecommendationUse.SearchRanking]: CUSTOM[RecommendationUse.SearchRanking],
    [RecommendationUse.ForUser]: { server: Server.Recommender, recipe: "aws-ecomm-recommended-for-you" },
};

/** All uses, in the order in which they are made. */
export const ALL_USES: readonly RecommendationUse[] = Object.values(RecommendationUse);

/** What the names of the parameters begin with. */
function parameterPrefixOf(name: string, { parameterPrefix }: PersonalizationArgs): string {
    return parameterPrefix ?? `/${name}`;
}

/** How each use that was asked for is met. */
export function planUses(name: string, args: PersonalizationArgs): UsePlan[] {
    const recipes = args.domain === RecommendationDomain.Ecommerce ? ECOMMERCE : CUSTOM;
    const prefix = parameterPrefixOf(name, args);
    const asked = args.uses ?? ALL_USES;
    return ALL_USES.filter((use) => asked.includes(use)).map((use) => {
        const { server, recipe } = recipes[use];
        const serverName = `${name}-${use}`;
        return {
            use,
            server,
            recipeArn: `arn:aws:personalize:::recipe/${recipe}`,
            serverName,
            serverArn: personalizeArn(args, server, serverName),
            parameterName: `${prefix}/${use}`,
            served: args.servedUses?.includes(use) ?? false,
        };
    });
}

/** The ARN of something in Personalize, which its kind and its name decide. */
export function personalizeArn(
    { region, accountId }: Pick<PersonalizationArgs, "region" | "accountId">,
    kind: string,
    name: string,
): pulumi.Output<string> {
    return pulumi.interpolate`arn:aws:personalize:${region}:${accountId}:${kind}/${name}`;
}
