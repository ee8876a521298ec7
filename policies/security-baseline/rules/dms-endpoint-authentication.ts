import { resourceRule } from "../../framework";
import { judgeSettings, type Settings } from "../shared/settings";

const ENDPOINT = "aws:dms/endpoint:Endpoint";
const SETTINGS: Settings = {
    [ENDPOINT]: [
        {
            path: "mongodbSettings.authType",
            otherwise: "password",
            allowed: { not: ["no"] },
            wrong: "uses a database that asks nobody for a password",
        },
        {
            path: "redisSettings.authType",
            otherwise: "auth-token",
            allowed: { not: ["none"] },
            wrong: "uses a cache that asks nobody for a password",
        },
    ],
};

export const rule = resourceRule({
    id: "dms-endpoint-authentication",
    severity: "medium",
    description: "Databases and caches that DMS uses ask who is calling.",
    fix: 'Set authType to "password" of MongoDB, and to "auth-token" or "auth-role" of Redis.',
    frameworks: { controls: [], securityHub: ["DMS.11"] },
    types: [ENDPOINT],
    check: (resource, report) => {
        judgeSettings(SETTINGS, resource, report);
    },
});
