import { stackRule } from "../../framework";
import { inputOf } from "../../framework/items";
import { matchesAny, stackNameOf } from "../../framework/patterns";
import { isGlobal, placeOf } from "../../framework/places";
import { type Member, type StackView } from "../../framework/stackView";

interface Kind {
    /** A resource of one of these types makes a stack be of the kind. */
    readonly has: readonly string[];
    /** Values by property: a resource that has one of them does not make a stack be of the kind. */
    readonly unless?: Readonly<Record<string, readonly unknown[]>>;
    /** Names of stacks that are of the kind, as patterns; with `has`, both must hold. */
    readonly stacks?: readonly string[];
    /** Each is a list of types, one of which there must be. */
    readonly needs: readonly (readonly string[])[];
    /** Whether in each region in which there is something of `has`, rather than anywhere in the stack. */
    readonly perRegion?: boolean;
}

interface Config {
    readonly kinds: Readonly<Record<string, Kind>>;
}

const typeLists = { type: "array", items: { type: "string" } } as const;

export const rule = stackRule<Config>({
    id: "security-services-present",
    severity: "high",
    description:
        "A stack of a kind that the configuration names has what its kind needs, in every region that it uses.",
    fix: "Add what is missing in that region, or take the kind out of the configuration where another stack has it.",
    frameworks: { controls: ["P36"] },
    config: {
        kinds: {
            type: "object",
            additionalProperties: {
                type: "object",
                required: ["has", "needs"],
                additionalProperties: false,
                properties: {
                    has: typeLists,
                    unless: { type: "object", additionalProperties: { type: "array" } },
                    stacks: typeLists,
                    needs: { type: "array", items: typeLists },
                    perRegion: { type: "boolean" },
                },
            },
            // Detectors, recorders, trails and web ACLs have a rule each in security-baseline, which knows more of them: to
            // ask for them here too would tell one fact twice.
            default: {},
            description:
                "Kinds of stacks, for what no other rule asks for: `has` lists types, any of which makes a stack be of the kind; `unless` leaves out resources with one of these values of a property; `stacks` narrows it to stacks by name; `needs` lists what it must have, each as the types any of which will do; `perRegion` asks for it in each region in which something of `has` is.",
        },
    },
    checkStack: (stack, report, { kinds }) => {
        for (const [kind, { has, unless = {}, stacks, needs, perRegion = false }] of Object.entries(kinds)) {
            const judged = new Set<string>();
            stack.each(stack.ofType(...has), (marker) => {
                const region = perRegion ? (placeOf(marker) ?? "") : "";
                const isOther = Object.entries(unless).some(([property, values]) =>
                    values.includes(inputOf(marker, property)),
                );
                if (isOther || judged.has(region) || !matchesAny(stacks ?? ["*"], stackNameOf(marker.urn))) {
                    return;
                }
                judged.add(region);
                for (const types of needs) {
                    if (!isPresent(stack, types, perRegion ? region : undefined)) {
                        report(
                            `makes its stack one of the kind "${kind}", and the stack has no ${namesOf(types)}${within(region)}.`,
                            marker,
                        );
                    }
                }
            });
        }
    },
});

function isPresent(stack: StackView, types: readonly string[], region: string | undefined): boolean {
    return stack
        .ofType(...types)
        .some(
            (member: Member) => region === undefined || isGlobal(member.type) || placeOf(member) === region,
        );
}

function namesOf(types: readonly string[]): string {
    return types.map((type) => type.replace(/^aws:(\w+)\/.*:(\w+)$/, "aws.$1.$2")).join(" or ");
}

function within(region: string): string {
    return region === "" ? "" : ` in ${region}`;
}
