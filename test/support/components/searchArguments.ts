/** Arguments of the search components that are fine. */
import {
    type SearchAccessArgs,
    SearchAccessLevel,
    type SearchDomainArgs,
    type SearchIndexLoaderArgs,
} from "../../../components";
import { TEST_ACCOUNT, TEST_REGION } from "../preview";

const place = { region: TEST_REGION, accountId: TEST_ACCOUNT };

export const SEARCH_KEY = `arn:aws:kms:${TEST_REGION}:${TEST_ACCOUNT}:key/search`;
export const SEARCH_TOPIC = `arn:aws:sns:${TEST_REGION}:${TEST_ACCOUNT}:alarms`;
const TABLE = `arn:aws:dynamodb:${TEST_REGION}:${TEST_ACCOUNT}:table/products`;

/** A domain with nothing but what it must be told. */
export const goodDomain: SearchDomainArgs = {
    ...place,
    domainName: "shop-search",
    vpcId: "vpc-0a1b2c3d",
    subnetIds: ["subnet-0a", "subnet-0b", "subnet-0c"],
    kmsKeyArn: SEARCH_KEY,
};

/** Access of one role to one index. */
export const goodAccess: SearchAccessArgs = {
    region: TEST_REGION,
    accessFunctionName: "shop-search-access",
    domainEndpoint: "vpc-shop-search.eu-central-1.es.amazonaws.com",
    indexPatterns: ["products"],
    level: SearchAccessLevel.Read,
    roleArns: [`arn:aws:iam::${TEST_ACCOUNT}:role/search`],
};

/** A loader with nothing but what it must be told. */
export const goodLoader: SearchIndexLoaderArgs = {
    ...place,
    indexName: "products",
    tableName: "products",
    tableArn: TABLE,
    streamArn: `${TABLE}/stream/2026-01-01T00:00:00.000`,
    keyAttributes: ["pk", "sk"],
    domainEndpoint: goodAccess.domainEndpoint,
    domainArn: `arn:aws:es:${TEST_REGION}:${TEST_ACCOUNT}:domain/shop-search`,
    domainSecurityGroupId: "sg-0domain",
    accessFunctionName: goodAccess.accessFunctionName,
    vpcId: goodDomain.vpcId,
    subnetIds: ["subnet-0a", "subnet-0b"],
    kmsKeyArn: SEARCH_KEY,
};
