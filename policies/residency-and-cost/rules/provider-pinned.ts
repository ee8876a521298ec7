import { stackRule } from "../../framework";
import { isGiven } from "../../framework/items";
import { type Member, type StackView } from "../../framework/stackView";
import { list, type Props, text } from "../../framework/subject";
import { parsed } from "../../framework/tags";

interface Config {
    readonly requireAssumeRole: boolean;
}

/** The providers that work in an account of AWS, each with how it names a role to assume. */
const ROLES: Readonly<Partial<Record<string, readonly string[]>>> = {
    "pulumi:providers:aws": ["assumeRoles"],
    "pulumi:providers:aws-native": ["assumeRole", "roleArn"],
};
const PROVIDERS = Object.keys(ROLES);

export const rule = stackRule<Config>({
    id: "provider-pinned",
    severity: "high",
    description: "The AWS provider refuses every account but the stack's.",
    fix: "Set allowedAccountIds on the provider, and assumeRoles where roles are required.",
    frameworks: { controls: ["P34"] },
    config: {
        requireAssumeRole: {
            type: "boolean",
            // Whoever runs Pulumi in CI is given a role of the account already, by OIDC; to assume it once more is
            // of use only where deployments start from another account.
            default: false,
            description: "Whether the provider must also assume a role.",
        },
    },
    checkStack: (stack, report, { requireAssumeRole }) => {
        const props = new Map<string, Props>();
        stack.each(providersOf(stack), (member) => {
            const provider = isProvider(member) ? member : member.provider;
            if (provider === undefined || props.has(provider.urn)) {
                return;
            }
            props.set(provider.urn, provider.props);
            if (itemsOf(provider.props, "allowedAccountIds").length === 0) {
                report(`${labelOf(member)}has no allowedAccountIds.`, member);
            }
            const roles = ROLES[provider.type] ?? [];
            if (requireAssumeRole && !roles.some((property) => isNamed(provider.props, property))) {
                report(`${labelOf(member)}has no ${roles.join(" and no ")}.`, member);
            }
        });
    },
});

/** Providers first, and what uses them in case the engine does not hand over the providers themselves. */
function providersOf(stack: StackView): readonly Member[] {
    return [
        ...stack.ofType(...PROVIDERS),
        ...stack.resources.filter(({ provider }) => provider !== undefined && isProvider(provider)),
    ];
}

function isProvider({ type }: { readonly type: string }): boolean {
    return PROVIDERS.includes(type);
}

/** Whether a role is there: in a list of them, as a structure, or by its ARN. */
function isNamed(props: Props, property: string): boolean {
    return property === "assumeRoles"
        ? itemsOf(props, property).length > 0
        : isGiven(props, property) && text(props[property]) !== "";
}

function itemsOf(props: Props, property: string): readonly unknown[] {
    return isGiven(props, property) ? list(parsed(props[property])) : [];
}

function labelOf(member: Member): string {
    return isProvider(member) ? "" : `has the provider "${member.provider?.name ?? ""}", which `;
}
