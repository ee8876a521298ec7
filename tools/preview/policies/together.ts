/**
 * Has a pack of ours run its rules together. The policy SDK unpacks a resource anew for each policy that it asks about it,
 * and a stack for each that it asks about the stack, which takes several times as long as the rules do.
 */
import { SETTINGS_POLICY, WAIVED_POLICY, WAIVERS_POLICY } from "../../../policies/framework/messages";
import { configureRequest } from "./messages";
import { type PolicyConfig, type PolicyInfo } from "./packConfig";
import { type Runners } from "./packInfo";

/** Policies of our packs that are no rules. */
export const NO_RULES: ReadonlySet<string> = new Set([SETTINGS_POLICY, WAIVED_POLICY, WAIVERS_POLICY]);

/** What configures a pack before it is asked about resources as they are registered, and before it is about a stack. */
export interface TogetherRequests {
    readonly forResources: Uint8Array;
    readonly forStack: Uint8Array;
}

const DISABLED: PolicyConfig = { level: "disabled", properties: {} };

/** @param enabled What would configure the pack to be asked policy by policy. */
export function togetherRequests(
    policies: readonly PolicyInfo[],
    { ofResources, ofStacks }: Runners,
    enabled: ReadonlyMap<string, PolicyConfig>,
): TogetherRequests {
    const isOn = (name: string): boolean => (enabled.get(name)?.level ?? "disabled") !== "disabled";
    const off = [...policies.map(({ name }) => name), ofResources, ofStacks].map(
        (name) => [name, DISABLED] as const,
    );
    const rulesOf = (kind: PolicyInfo["kind"]): Readonly<Record<string, unknown>> =>
        Object.fromEntries(
            policies
                .filter((policy) => policy.kind === kind && !NO_RULES.has(policy.name) && isOn(policy.name))
                .map(({ name }) => [name, enabled.get(name)?.properties]),
        );
    const running = (properties: PolicyConfig["properties"]): PolicyConfig => ({
        level: "mandatory",
        properties,
    });
    const settings = isOn(SETTINGS_POLICY) ? { settings: enabled.get(SETTINGS_POLICY)?.properties } : {};
    const resources = new Map<string, PolicyConfig>(off).set(
        ofResources,
        running({ rules: rulesOf("resource"), ...settings }),
    );
    const stack = new Map<string, PolicyConfig>(off).set(ofStacks, running({ rules: rulesOf("stack") }));
    for (const name of [WAIVED_POLICY, WAIVERS_POLICY]) {
        stack.set(name, enabled.get(name) ?? DISABLED);
    }
    return { forResources: configureRequest(resources), forStack: configureRequest(stack) };
}
