/** Types of @pulumi/aws-native, which are CloudFormation's: known by what CloudFormation calls its primary identifier. */
import { type Model } from "../model";

/** A resource of Amazon Personalize, whose ARN is an output with a name of its own. Names end at 63 characters. */
function personalize(output: string, arn: string, rest: Model["outputs"] = {}): Model {
    return {
        id: `arn:{partition}:personalize:{region}:{account}:${arn}`,
        nameLength: 63,
        outputs: { [output]: "{id}", ...rest },
    };
}

/** The name of a dataset's group, which its ARN begins with, and its type. */
const DATASET: Model["id"] = ({ text }) => {
    const [, group] = /^(arn:.*):dataset-group\//.exec(text("datasetGroupArn") ?? "") ?? [];
    const name = text("datasetGroupArn")?.split("/")[1];
    return group === undefined || name === undefined
        ? undefined
        : `${group}:dataset/${name}/${(text("datasetType") ?? "").toUpperCase()}`;
};

/** How each type that the preview knows is named and described. */
export const NATIVE_MODELS: Readonly<Record<string, Model>> = {
    "aws-native:cognito:UserPool": {
        id: ({ region, hex: digits }) => `${region}_${digits(9)}`,
        nameProperty: "userPoolName",
        nameLength: 128,
        outputs: {
            arn: "arn:{partition}:cognito-idp:{region}:{account}:userpool/{id}",
            providerName: "cognito-idp.{region}.{dns}/{id}",
            providerUrl: "https://cognito-idp.{region}.{dns}/{id}",
            userPoolId: "{id}",
        },
    },
    "aws-native:cognito:UserPoolDomain": {
        autoName: false,
        id: "{in:userPoolId}|{in:domain}",
        outputs: { cloudFrontDistribution: "d{az:13}.cloudfront.net" },
    },
    "aws-native:cognito:UserPoolRegionalConfigurationAttachment": {
        autoName: false,
        id: "{in:userPoolId}",
    },
    "aws-native:cognito:UserPoolReplica": { autoName: false, id: "{in:userPoolId}|{in:regionName}" },
    "aws-native:personalize:DatasetGroup": personalize("datasetGroupArn", "dataset-group/{name}"),
    "aws-native:personalize:Schema": personalize("schemaArn", "schema/{name}"),
    "aws-native:personalize:Dataset": { id: DATASET, nameLength: 63, outputs: { datasetArn: "{id}" } },
    "aws-native:personalize:EventTracker": personalize("eventTrackerArn", "event-tracker/{hex:8}", {
        trackingId: "{uuid}",
    }),
    "aws-native:personalize:Solution": personalize("solutionArn", "solution/{name}"),
};
