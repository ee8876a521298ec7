import { resourceRule } from "../../framework";
import { judgeSettings, type Settings } from "../shared/settings";

const SETTINGS: Settings = {
    "aws:codebuild/project:Project": [
        {
            path: "projectVisibility",
            otherwise: "PRIVATE",
            allowed: ["PRIVATE"],
            wrong: "shows its builds, logs and artifacts to everybody",
        },
    ],
};

export const rule = resourceRule({
    id: "codebuild-public",
    severity: "high",
    description: "Builds are shown to nobody outside the account.",
    fix: 'Set projectVisibility to "PRIVATE", or leave it out.',
    frameworks: { controls: [] },
    types: Object.keys(SETTINGS),
    check: (resource, report) => {
        judgeSettings(SETTINGS, resource, report);
    },
});
