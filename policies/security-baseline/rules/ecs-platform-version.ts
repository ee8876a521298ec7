import { resourceRule, text } from "../../framework";

interface Config {
    readonly versions: readonly string[];
}

export const rule = resourceRule<Config>({
    id: "ecs-platform-version",
    severity: "medium",
    level: "advisory",
    description: "Fargate services run on the latest version of the platform.",
    fix: 'Set platformVersion to "LATEST", or leave it out.',
    frameworks: { controls: ["125"], securityHub: ["ECS.10"], checkov: ["CKV_AWS_332"] },
    types: ["aws:ecs/service:Service", "aws:ecs/taskSet:TaskSet"],
    config: {
        versions: {
            type: "array",
            items: { type: "string" },
            default: ["LATEST"],
            description: "The versions that will do.",
        },
    },
    check: ({ props }, report, { versions }) => {
        // AWS's default is LATEST; services elsewhere than on Fargate have none.
        const version = text(props.platformVersion) ?? "LATEST";
        if (!versions.includes(version)) {
            report(`stays on an old platform: platformVersion is "${version}".`);
        }
    },
});
