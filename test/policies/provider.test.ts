/** A type or property that a rule and its mutants misspell alike would be judged nowhere but in the tests. */
import { expect } from "chai";
import { isOfAws } from "../../policies/framework/places";
import { classProperties } from "../../tools/preview/aws/classProperties";
import { PACKS, rulesOf } from "../../tools/docs/policyCatalogue";
import { loadSpecs } from "../support/policies/harness";
import { packNames } from "../support/policies/packs";

/** Types that programs on older versions of the provider have, or that some stacks have under another name. */
const NOT_HERE = [
    "aws:elasticloadbalancing/loadBalancer:LoadBalancer",
    "aws:macie/account:Account",
    "aws:s3/bucketNotificationV2:BucketNotificationV2",
    "aws:s3/bucketOwnershipControlsV2:BucketOwnershipControlsV2",
    "aws:s3/bucketPolicyV2:BucketPolicyV2",
    "aws:s3/bucketPublicAccessBlockV2:BucketPublicAccessBlockV2",
    "aws:s3/bucketReplicationConfigV2:BucketReplicationConfigV2",
    "aws:s3control/accountPublicAccessBlock:AccountPublicAccessBlock",
];

/** Properties that fixtures give to a family of types, some of which lack them. */
const SHARED = [
    "aws:iam/groupPolicyAttachment:GroupPolicyAttachment role",
    "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive role",
    "aws:neptune/cluster:Cluster masterUsername",
    "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment role",
];

/** The properties of a type; some folders of the package have their files in another case than the type. */
function propertiesOf(type: string): readonly string[] {
    const found = classProperties(type);
    return found.length > 0 ? found : classProperties(type.replace("/s3Access", "/s3access"));
}

describe("What policies say of the provider", () => {
    it("is about types that it has", () => {
        const types = PACKS.flatMap((pack) => rulesOf(pack).flatMap((rule) => rule.types ?? []));
        const unknown = types.filter((type) => isOfAws(type) && propertiesOf(type).length === 0);
        expect([...new Set(unknown)].sort()).to.deep.equal(NOT_HERE);
    });

    it("is tested with properties that it has", () => {
        const fixtures = packNames().flatMap((pack) => {
            const { mutants, accepted } = loadSpecs(pack);
            return [...mutants, ...accepted].flatMap(({ fixture = [] }) => fixture);
        });
        const unknown = fixtures.flatMap(({ type, inputs }) => {
            const known = propertiesOf(type);
            return known.length === 0
                ? []
                : Object.keys(inputs)
                      .filter((property) => !known.includes(property))
                      .map((property) => `${type} ${property}`);
        });
        expect([...new Set(unknown)].sort()).to.deep.equal(SHARED);
    });
});
