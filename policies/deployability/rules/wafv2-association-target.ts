import { ifKnown, type Member, stackRule, text } from "../../framework";
import { arnOf } from "../shared/arn";
import { BALANCERS, DISTRIBUTION, WEB_ACL } from "../shared/types";

const ASSOCIATION = "aws:wafv2/webAclAssociation:WebAclAssociation";
const HTTP_APIS = ["aws:apigatewayv2/api:Api", "aws:apigatewayv2/stage:Stage"];

/** Beginnings of ARNs of what takes no web ACL by association, by service. */
const REFUSED: Readonly<Partial<Record<string, RegExp>>> = {
    cloudfront: /^/,
    elasticloadbalancing: /^loadbalancer\/net\//,
    // REST APIs are under /restapis.
    apigateway: /^\/apis\//,
};

export const rule = stackRule({
    id: "wafv2-association-target",
    severity: "high",
    description:
        "Web ACLs are associated with what takes one: not with distributions, HTTP APIs or network load balancers.",
    fix: "Set webAclId on a distribution; put a distribution in front of an HTTP API; associate regional web ACLs with ALBs, REST stages and user pools.",
    frameworks: { controls: ["C8", "F13.8", "F17.8"] },
    types: [ASSOCIATION],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(ASSOCIATION), (association) => {
            const [acl] = stack.referencesOf(association, "webAclArn", WEB_ACL);
            const scope = acl === undefined ? undefined : text(acl.props.scope);
            if (scope === "CLOUDFRONT") {
                report(`associates ${acl?.name ?? ""} of scope "CLOUDFRONT".`, association);
            }
            const [target] = stack.referencesOf(
                association,
                "resourceArn",
                DISTRIBUTION,
                ...HTTP_APIS,
                ...BALANCERS,
            );
            if (target === undefined) {
                const arn = arnOf(targetOf(association));
                if (arn !== undefined && REFUSED[arn.service]?.test(arn.resource) === true) {
                    report(`has the resourceArn of ${arn.service} ${arn.resource}.`, association);
                }
            } else if (target.type === DISTRIBUTION || HTTP_APIS.includes(target.type)) {
                report(
                    `has ${target.name}, a ${target.type.replace(/^.*:/, "")}, as its target.`,
                    association,
                );
            } else if ((text(target.props.loadBalancerType) ?? "application") !== "application") {
                report(
                    `has ${target.name}, which is not an application load balancer, as its target.`,
                    association,
                );
            }
        });
    },
});

/** The ARN of the target, where it is known or nothing else tells what it is. */
function targetOf(association: Member): string | undefined {
    const read = (): string | undefined => text(association.props.resourceArn);
    // A new REST stage or user pool has no ARN yet, and takes a web ACL.
    const sources = association.propertyDependencies.resourceArn ?? [];
    return sources.some(({ type }) => type.startsWith("aws:")) ? ifKnown(read) : read();
}
