import { internetEgressBlocks } from "../../network";
import {
    accountId,
    arnOf,
    id,
    input,
    isCount,
    keyArn,
    list,
    logRetention,
    once,
    region,
    required,
    subnetIds,
    tags,
    text,
    textLike,
    textWhere,
    topicArns,
    unless,
    wholeNumber,
} from "../../shared/argumentRules";
import { type ArgumentTable } from "../../shared/argumentTable";
import { type SearchIndexLoaderArgs } from "./args";

/** What an index is made with. Source: OpenSearch documentation, "Create index". */
const BODY_PARTS = ["aliases", "mappings", "settings"];

function isIndexBody(body: string): boolean {
    try {
        const parts = JSON.parse(body) as unknown;
        return (
            typeof parts === "object" &&
            parts !== null &&
            !Array.isArray(parts) &&
            Object.entries(parts).every(
                ([part, value]) => BODY_PARTS.includes(part) && typeof value === "object" && value !== null,
            )
        );
    } catch {
        return false;
    }
}

/** The name of an attribute, as the function's environment holds it beside others. */
function attribute() {
    return textLike(/^[^",\\\u0000-\u001f]{1,255}$/, "the name of an attribute: 1 to 255 characters");
}

const EACH_ONCE = "each attribute once";

/** The rules of SearchIndexLoader's arguments. */
export const SEARCH_INDEX_LOADER_ARGUMENTS: ArgumentTable<SearchIndexLoaderArgs> = {
    region: required(region()),
    accountId: required(input(accountId())),
    indexName: required(
        textLike(
            /^[a-z0-9][a-z0-9_-]{0,254}$/,
            "1 to 255 lower-case letters, digits, _ and -, a letter or digit first",
        ),
    ),
    indexBody: textWhere(isIndexBody, `a JSON object with nothing but ${BODY_PARTS.join(", ")}`),
    tableName: required(input(text("the name of a table"))),
    tableArn: required(input(arnOf("dynamodb", "a table"))),
    streamArn: required(input(arnOf("dynamodb", "a table's stream"))),
    tableKmsKeyArn: input(keyArn()),
    keyAttributes: required(
        list(
            once(attribute(), EACH_ONCE),
            "the table's hash key, and its range key where it has one",
            unless(
                (given) => isCount(given, 1, 2),
                "the table's hash key, and its range key where it has one",
            ),
        ),
    ),
    attributes: list(once(attribute(), EACH_ONCE), "a list of names of attributes"),
    versionAttribute: attribute(),
    expiryAttribute: attribute(),
    domainEndpoint: required(input(text("the host name of a search domain"))),
    domainArn: required(input(arnOf("es", "a search domain"))),
    domainSecurityGroupId: required(input(id("sg-", "a security group"))),
    accessFunctionName: required(input(text("the name of a search domain's access function"))),
    vpcId: required(input(id("vpc-", "a network"))),
    subnetIds: required(input(subnetIds("that are private"))),
    internetEgressCidrBlocks: internetEgressBlocks(),
    kmsKeyArn: required(input(keyArn())),
    batchSize: wholeNumber({ min: 1, max: 1000 }, "a whole number from 1 to 1000"),
    batchingWindowSeconds: wholeNumber({ min: 0, max: 60 }, "a whole number from 0 to 60"),
    parallelizationFactor: wholeNumber({ min: 1, max: 10 }, "a whole number from 1 to 10"),
    retryAttempts: wholeNumber({ min: 1, max: 1000 }, "a whole number from 1 to 1000"),
    concurrency: wholeNumber({ min: 1, max: 100 }, "a whole number from 1 to 100"),
    logRetentionDays: logRetention(),
    alarmTopicArns: input(topicArns()),
    tags: tags(),
};
