import { stackRule } from "../../framework";
import { isGiven } from "../../framework/items";
import { type Member, type StackView } from "../../framework/stackView";
import { list, type Props } from "../../framework/subject";
import { parsed } from "../../framework/tags";

interface Config {
    readonly requireAssumeRole: boolean;
}

const PROVIDER = "pulumi:providers:aws";

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
            const provider = member.type === PROVIDER ? member : member.provider;
            if (provider === undefined || props.has(provider.urn)) {
                return;
            }
            props.set(provider.urn, provider.props);
            if (itemsOf(provider.props, "allowedAccountIds").length === 0) {
                report(`${labelOf(member)}has no allowedAccountIds.`, member);
            }
            if (requireAssumeRole && itemsOf(provider.props, "assumeRoles").length === 0) {
                report(`${labelOf(member)}has no assumeRoles.`, member);
            }
        });
    },
});

/** Providers first, and what uses them in case the engine does not hand over the providers themselves. */
function providersOf(stack: StackView): readonly Member[] {
    return [
        ...stack.ofType(PROVIDER),
        ...stack.resources.filter((member) => member.provider?.type === PROVIDER),
    ];
}

function itemsOf(props: Props, property: string): readonly unknown[] {
    return isGiven(props, property) ? list(parsed(props[property])) : [];
}

function labelOf(member: Member): string {
    return member.type === PROVIDER ? "" : `has the provider "${member.provider?.name ?? ""}", which `;
}
