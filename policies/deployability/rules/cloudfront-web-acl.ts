import { ifKnown, stackRule, text } from "../../framework";
import { isInput } from "../../framework/items";
import { arnOf } from "../shared/arn";
import { DISTRIBUTION, WEB_ACL } from "../shared/types";

export const rule = stackRule({
    id: "cloudfront-web-acl",
    severity: "high",
    description: "A distribution's web ACL has the scope CLOUDFRONT.",
    fix: 'Set webAclId to the ARN of a web ACL with scope "CLOUDFRONT", made in us-east-1.',
    frameworks: { controls: ["C8"] },
    types: [DISTRIBUTION],
    checkStack: (stack, report) => {
        stack.each(
            stack.ofType(DISTRIBUTION).filter((each) => isInput(each, "webAclId")),
            (distribution) => {
                const [acl] = stack.referencesOf(distribution, "webAclId", WEB_ACL);
                const arn = arnOf(ifKnown(() => text(distribution.props.webAclId)));
                if (arn !== undefined) {
                    // That of a web ACL of a region says "regional" in place of "global".
                    if (arn.region !== "us-east-1" || !arn.resource.startsWith("global/")) {
                        report(`has the web ACL ${arn.resource} of ${arn.region}.`, distribution);
                    }
                } else if (acl === undefined) {
                    const id = text(distribution.props.webAclId) ?? "";
                    if (id !== "") {
                        report(`has webAclId "${id}", which is not the ARN of a web ACL.`, distribution);
                    }
                } else if (text(acl.props.scope) !== "CLOUDFRONT") {
                    report(
                        `has the web ACL ${acl.name} of scope "${text(acl.props.scope) ?? ""}".`,
                        distribution,
                    );
                }
            },
        );
    },
});
