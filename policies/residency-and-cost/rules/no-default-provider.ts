import { resourceRule } from "../../framework";

interface Config {
    readonly packages: readonly string[];
}

export const rule = resourceRule<Config>({
    id: "no-default-provider",
    severity: "high",
    description: "Every resource names its provider, so that account and region are always deliberate.",
    fix: "Pass an explicit provider, and set pulumi:disable-default-providers in the stack's configuration.",
    frameworks: { controls: ["P33"] },
    config: {
        packages: {
            type: "array",
            items: { type: "string" },
            default: ["aws", "aws-native"],
            description: "Packages whose default provider must not be used.",
        },
    },
    check: ({ type, provider }, report, { packages }) => {
        const [name = ""] = type.split(":");
        // Components of a package have no provider of their own; their children are judged.
        if (provider !== undefined && packages.includes(name) && /^default(?:_|$)/.test(provider.name)) {
            report(`has the default provider "${provider.name}".`);
        }
    },
});
