import { resourceRule, type Statement, statementsOf, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { matchesAny } from "../../framework/patterns";
import { shown } from "../shared/judging";
import { ROLE } from "../shared/permissions";

interface Config {
    readonly serviceRoles: boolean;
    readonly boundaries: readonly string[];
}

export const rule = resourceRule<Config>({
    id: "iam-role-boundary",
    severity: "low",
    level: "advisory",
    description: "Roles that people or machines outside AWS can assume have a permissions boundary.",
    fix: "Set permissionsBoundary to the ARN of the policy that bounds what such roles may do.",
    frameworks: { controls: ["90"] },
    types: [ROLE],
    config: {
        serviceRoles: {
            type: "boolean",
            default: false,
            description: "Whether roles that only services of AWS's assume need one, too.",
        },
        boundaries: {
            type: "array",
            items: { type: "string" },
            default: [],
            description: "Patterns of the ARNs that will do. Empty: any.",
        },
    },
    check: ({ props }, report, { serviceRoles, boundaries }) => {
        if (isGiven(props, "permissionsBoundary")) {
            const boundary = boundaries.length > 0 ? text(props.permissionsBoundary) : undefined;
            if (boundary !== undefined && !matchesAny(boundaries, boundary)) {
                report(`has another boundary than those allowed: permissionsBoundary is ${shown(boundary)}.`);
            }
        } else if (serviceRoles || !(statementsOf(props.assumeRolePolicy) ?? []).every(isForServices)) {
            report("has no boundary: permissionsBoundary is not given.");
        }
    },
});

function isForServices({ effect, principals, hasNotPrincipal }: Statement): boolean {
    return (
        effect === "Deny" || (!hasNotPrincipal && Object.keys(principals).every((kind) => kind === "Service"))
    );
}
