import { type Member, stackRule, type StackView, text } from "../../framework";
import { anyOf } from "../../framework/items";
import { REST_API, REST_STAGE } from "../shared/apis";

const ASSOCIATION_TYPES = [
    "aws:wafv2/webAclAssociation:WebAclAssociation",
    "aws:wafregional/webAclAssociation:WebAclAssociation",
];

export const rule = stackRule({
    id: "apigateway-web-acl",
    severity: "medium",
    description: "REST stages are behind a web ACL of AWS WAF.",
    fix: "Add an aws.wafv2.WebAclAssociation whose resourceArn is the stage's ARN.",
    frameworks: { controls: ["108", "P36"], securityHub: ["APIGateway.4"], checkov: ["CKV2_AWS_29"] },
    // WAF knows no HTTP and no WebSocket APIs.
    types: [REST_STAGE],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(REST_STAGE), (stage) => {
            const associations = stack.ofType(...ASSOCIATION_TYPES);
            if (!anyOf(associations.map((association) => () => protects(stack, association, stage)))) {
                report("is behind no web ACL: no association has its ARN as resourceArn.", stage);
            }
        });
    },
});

/** Whether an association is of the stage: by its ARN, or by one composed of its API's id and its name. */
function protects(stack: StackView, association: Member, stage: Member): boolean {
    if (stack.referencesOf(association, "resourceArn", REST_STAGE).some(({ urn }) => urn === stage.urn)) {
        return true;
    }
    const [api] = stack.referencesOf(stage, "restApi", REST_API);
    const isOfApi =
        api !== undefined &&
        (association.propertyDependencies.resourceArn ?? []).some(({ urn }) => urn === api.urn);
    // Until the API's id is known, what says that the ARN is this stage's is that the association waits for it.
    return (
        isOfApi &&
        (association.dependencies.some(({ urn }) => urn === stage.urn) ||
            (text(association.props.resourceArn) ?? "").endsWith(
                `/stages/${text(stage.props.stageName) ?? ""}`,
            ))
    );
}
