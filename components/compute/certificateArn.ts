import { textOf, textWhere } from "../shared/argumentRules";
import { isRegion } from "../shared/validation";

/** The ARN of an issued certificate in the region of the balancer that shows it. */
export function certificateArn() {
    return textWhere(
        // Where the region is wrong, which certificate is right cannot be said.
        (arn, args) =>
            !isRegion(textOf(args.region)) || arn.startsWith(`arn:aws:acm:${textOf(args.region)}:`),
        (args) => `the ARN of an ACM certificate in ${textOf(args.region)}, where the balancer is`,
        { kind: "the ARN of an ACM certificate in the region, where the balancer is" },
    );
}
