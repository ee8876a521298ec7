import { flag, type Props, stackRule } from "../../framework";
import { judge } from "../shared/judging";
import { BUCKET_TYPES, companionsOf } from "../shared/s3";

const ACCOUNT = "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock";
const FLAGS = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"] as const;

export const rule = stackRule({
    id: "s3-bucket-public-access-block",
    severity: "critical",
    description: "S3 buckets, and accounts that say so, block all public access.",
    fix: "Add an aws.s3.BucketPublicAccessBlock for the bucket with all four flags true.",
    frameworks: {
        controls: ["56"],
        securityHub: ["S3.8", "S3.1"],
        cisV3: ["2.1.4"],
        cisV5: ["2.1.4"],
        checkov: ["CKV_AWS_53", "CKV_AWS_54", "CKV_AWS_55", "CKV_AWS_56", "CKV2_AWS_6"],
    },
    types: [...BUCKET_TYPES, ACCOUNT],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(ACCOUNT), (account) => {
            judgeFlags(account.props, (name) => {
                report(`lets the account's buckets be public: ${name} is not true.`, account);
            });
        });
        stack.each(stack.ofType(...BUCKET_TYPES), (bucket) => {
            const blocks = companionsOf(stack, bucket, "BucketPublicAccessBlock");
            if (blocks.length === 0) {
                report("has no public access block.", bucket);
            }
            judge(
                ...blocks.map(({ props }) => () => {
                    judgeFlags(props, (name) => {
                        report(`has a public access block in which ${name} is not true.`, bucket);
                    });
                }),
            );
        });
    },
});

/** Tells each of the flags that is not on. AWS's default is false for all of them. */
function judgeFlags(props: Props, tell: (name: string) => void): void {
    judge(
        ...FLAGS.map((name) => () => {
            if (flag(props[name]) !== true) {
                tell(name);
            }
        }),
    );
}
