import { JointView } from "./jointView";
import { type Member } from "./member";
import { type StackRule, type StacksRule } from "./rule";
import { type SharedSettings } from "./settings";
import { type Subject } from "./subject";
import { ifKnown } from "./unknowns";

/** What a rule about several stacks has of its own that is made of one about one stack. */
interface Own {
    readonly id: string;
    readonly description: string;
    /** Settings of the pack of the rule about one stack, which here are the rule's own. */
    readonly shared?: SharedSettings;
}

/**
 * Makes a rule about one stack one about several: it finds what only they together show. What the rule says of a stack
 * alone, its pack has said.
 */
export function acrossStacks<C extends object>(
    { checkStack, ...rule }: StackRule<C>,
    { id, description, shared = {} }: Own,
): StacksRule<C> {
    return {
        ...rule,
        id,
        description,
        config: { ...rule.config, ...shared } as StacksRule<C>["config"] & object,
        checkStacks: (stacks, report, config) => {
            const said = new Set<string>();
            for (const { state } of stacks.stacks) {
                const alone = state.again();
                ifKnown(() => {
                    checkStack(alone, (reason, resource) => said.add(line(resource, reason)), config);
                });
            }
            const joint = new JointView(stacks);
            checkStack(
                joint,
                (reason, resource) => {
                    if (said.has(line(resource, reason))) {
                        return;
                    }
                    const member = resource as Member | undefined;
                    report(
                        reason,
                        member === undefined ? undefined : { stack: joint.stackOf(member), resource: member },
                    );
                },
                config,
            );
            const open = new Set<string>();
            for (const undecided of joint.undecided) {
                const { member, error } = undecided;
                const text = line(member, error.message);
                if (!open.has(text)) {
                    open.add(text);
                    stacks.setAside(
                        member === undefined ? undecided : { ...undecided, stack: joint.stackOf(member) },
                    );
                }
            }
        },
    };
}

function line(resource: Subject | undefined, text: string): string {
    return `${resource?.urn ?? ""} ${text}`;
}
