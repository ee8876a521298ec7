import type * as pulumi from "@pulumi/pulumi";

import { ALREADY_THERE, type Call, expression, NOT_THERE, personalize, ssm, type State } from "./states";
import { Server, type UsePlan } from "./uses";

/** What a parameter holds while nothing serves its use. SSM takes no empty value. */
export const NOT_SERVED = "none";

/** States of one use. Their names begin with the use's, because a state machine has each name once. */
export interface UseStates {
    readonly prefix: string;
    readonly first: string;
    readonly states: Readonly<Record<string, State>>;
}

const POLL = 60;

/** `SimilarItems` of `similar-items`. */
function prefixOf({ use }: UsePlan): string {
    return use.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** What Step Functions calls the thing in the calls and answers of Personalize. */
function wordOf(server: Server): "Campaign" | "Recommender" {
    return server === Server.Campaign ? "Campaign" : "Recommender";
}

function describe({ server, serverArn }: UsePlan): Call {
    const word = wordOf(server);
    return personalize(`describe${word}`, { [`${word}Arn`]: serverArn });
}

function publish(use: UsePlan, value: unknown): Call {
    // The parameter exists: Pulumi makes it, and leaves the value to the workflow.
    return ssm("putParameter", { Name: use.parameterName, Value: value, Type: "String", Overwrite: true });
}

/** Makes the campaign or the recommender, or brings it up to date, and then says where it is. */
export function offering(
    use: UsePlan,
    datasetGroupArn: pulumi.Input<string>,
    minRequestsPerSecond: number,
): UseStates {
    const prefix = prefixOf(use);
    const states =
        use.server === Server.Campaign
            ? campaignStates(prefix, use, minRequestsPerSecond)
            : recommenderStates(prefix, use, datasetGroupArn, minRequestsPerSecond);
    return {
        prefix,
        first: `${prefix}Offer`,
        states: {
            ...states,
            [`${prefix}WaitForOffer`]: { Type: "Wait", Seconds: POLL, Next: `${prefix}Describe` },
            [`${prefix}Describe`]: { ...describe(use), Next: `${prefix}IsOffered` },
            [`${prefix}IsOffered`]: {
                Type: "Choice",
                Choices: isOffered(use).map(([condition, next]) => ({
                    Condition: expression(condition),
                    Next: `${prefix}${next}`,
                })),
                Default: `${prefix}WaitForOffer`,
            },
            [`${prefix}Publish`]: { ...publish(use, use.serverArn), Next: `${prefix}Offered` },
            [`${prefix}Offered`]: {
                Type: "Pass",
                Output: { Use: use.use, Served: use.serverArn },
                End: true,
            },
        },
    };
}

/** When an offer stands, and when it never will. A campaign goes on with the old version while it is updated. */
function isOffered({ server }: UsePlan): [string, "Publish" | "Failed"][] {
    const word = wordOf(server);
    const of = `$states.input.${word}`;
    const update = `${of}.Latest${word}Update`;
    const failure = 'Status = "CREATE FAILED"';
    return server === Server.Campaign
        ? [
              [`${of}.Status = "ACTIVE" and ${of}.SolutionVersionArn = $versionArn`, "Publish"],
              [`${of}.${failure}`, "Failed"],
              [`${update}.SolutionVersionArn = $versionArn and ${update}.${failure}`, "Failed"],
          ]
        : [
              [`${of}.Status = "ACTIVE"`, "Publish"],
              [`${of}.${failure}`, "Failed"],
          ];
}

function campaignStates(
    prefix: string,
    { serverName, serverArn }: UsePlan,
    minRequestsPerSecond: number,
): Readonly<Record<string, State>> {
    const settings = {
        SolutionVersionArn: expression("$versionArn"),
        MinProvisionedTPS: minRequestsPerSecond,
    };
    return {
        [`${prefix}Offer`]: {
            ...personalize("createCampaign", { Name: serverName, ...settings }),
            Catch: [{ ErrorEquals: [ALREADY_THERE], Next: `${prefix}Update` }],
            Next: `${prefix}WaitForOffer`,
        },
        [`${prefix}Update`]: {
            ...personalize("updateCampaign", { CampaignArn: serverArn, ...settings }),
            Next: `${prefix}WaitForOffer`,
        },
    };
}

function recommenderStates(
    prefix: string,
    { serverName, serverArn, recipeArn }: UsePlan,
    datasetGroupArn: pulumi.Input<string>,
    minRequestsPerSecond: number,
): Readonly<Record<string, State>> {
    const settings = { RecommenderConfig: { MinRecommendationRequestsPerSecond: minRequestsPerSecond } };
    return {
        [`${prefix}Offer`]: {
            ...personalize("createRecommender", {
                Name: serverName,
                DatasetGroupArn: datasetGroupArn,
                RecipeArn: recipeArn,
                ...settings,
            }),
            Catch: [{ ErrorEquals: [ALREADY_THERE], Next: `${prefix}Update` }],
            Next: `${prefix}WaitForOffer`,
        },
        // It trains itself every week; all that there is to bring up to date is its capacity.
        [`${prefix}Update`]: {
            ...personalize("updateRecommender", { RecommenderArn: serverArn, ...settings }),
            Next: `${prefix}WaitForOffer`,
        },
    };
}

/** Says that nothing serves the use, and then takes away what did. */
export function withdrawal(use: UsePlan): UseStates {
    const prefix = prefixOf(use);
    const word = wordOf(use.server);
    const gone = [{ ErrorEquals: [NOT_THERE], Next: `${prefix}Withdrawn` }];
    return {
        prefix,
        first: `${prefix}Unpublish`,
        states: {
            [`${prefix}Unpublish`]: { ...publish(use, NOT_SERVED), Next: `${prefix}Withdraw` },
            [`${prefix}Withdraw`]: {
                ...personalize(`delete${word}`, { [`${word}Arn`]: use.serverArn }),
                Catch: gone,
                Next: `${prefix}WaitForWithdrawal`,
            },
            [`${prefix}WaitForWithdrawal`]: { Type: "Wait", Seconds: POLL, Next: `${prefix}IsThere` },
            [`${prefix}IsThere`]: { ...describe(use), Catch: gone, Next: `${prefix}WaitForWithdrawal` },
            [`${prefix}Withdrawn`]: { Type: "Pass", Output: { Use: use.use, Served: NOT_SERVED }, End: true },
        },
    };
}
