import { stackRule } from "../../framework";
import { REST_STAGE } from "../shared/apis";

const ASSOCIATION_TYPES = [
    "aws:wafv2/webAclAssociation:WebAclAssociation",
    "aws:wafregional/webAclAssociation:WebAclAssociation",
];

export const rule = stackRule({
    id: "apigateway-web-acl",
    severity: "medium",
    description: "REST stages are behind a web ACL of AWS WAF.",
    fix: "Add an aws.wafv2.WebAclAssociation whose resourceArn is the stage's ARN.",
    frameworks: { controls: ["108"], securityHub: ["APIGateway.4"], checkov: ["CKV2_AWS_29"] },
    // WAF knows no HTTP and no WebSocket APIs.
    types: [REST_STAGE],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(REST_STAGE), (stage) => {
            if (
                ASSOCIATION_TYPES.every((type) => stack.referrersOf(stage, type, "resourceArn").length === 0)
            ) {
                report("is behind no web ACL: no association has its ARN as resourceArn.", stage);
            }
        });
    },
});
