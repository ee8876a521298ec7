// As a pack of somebody else would be: on the policy SDK alone, without this project's framework.
const { PolicyPack } = require("@pulumi/policy");

const THING = "test:index:Thing";
const last = { stack: "none" };

new PolicyPack("fixture-pack", {
    enforcementLevel: "advisory",
    policies: [
        {
            name: "thing-size",
            description: "Things are small.",
            enforcementLevel: "mandatory",
            severity: "high",
            tags: ["security-hub:T.1"],
            remediationSteps: "Make the thing smaller.",
            configSchema: {
                properties: { most: { type: "integer", minimum: 1, default: 10, description: "The most." } },
            },
            validateResource: (args, report) => {
                if (args.type !== THING) {
                    args.notApplicable("Not a thing.");
                }
                last.stack = args.urn.split("::")[0];
                const { most } = args.getConfig();
                if (args.props.size > most) {
                    report(`has the size ${args.props.size}, and ${most} is the most.`);
                }
            },
        },
        {
            name: "thing-tags",
            description: "Things are tagged.",
            enforcementLevel: "advisory",
            validateResource: (args, report) => {
                if (args.type === THING && args.props.tags === undefined) {
                    report("has no tags.");
                }
            },
            remediateResource: (args) =>
                args.type === THING && args.props.tags === undefined
                    ? { ...args.props, tags: { owner: "shop" } }
                    : undefined,
        },
        {
            name: "thing-secret",
            description: "Passwords are secret, and yet policies read them.",
            validateResource: (args, report) => {
                if (args.props.password === "swordfish") {
                    report(`of ${args.provider?.props.region ?? "nowhere"} has a bad password.`);
                }
            },
        },
        {
            name: "thing-relations",
            description: "Things belong to something.",
            enforcementLevel: "mandatory",
            validateStack: (args, report) => {
                console.log(`judging ${args.resources.length} resources of ${last.stack}`);
                for (const thing of args.resources.filter(({ type }) => type === THING)) {
                    const owners = thing.propertyDependencies.owner ?? [];
                    if (owners.length === 0) {
                        report(
                            `has no owner, protect ${thing.opts.protect}, id ${thing.props.label}.`,
                            thing.urn,
                        );
                    }
                }
                if (args.resources.length > 4) {
                    report("The stack is too large.");
                }
            },
        },
        {
            name: "thing-broken",
            description: "A policy with a mistake in it.",
            enforcementLevel: "disabled",
            validateResource: () => {
                throw new Error("the mistake");
            },
        },
    ],
});
