import { type ArgumentTable } from "../../shared/argumentTable";
import {
    allOf,
    arnOf,
    input,
    isCount,
    list,
    required,
    text,
    textLike,
    textOf,
    unless,
} from "../../shared/argumentRules";
import { isPathPattern } from "../distribution/viewerTable";
import { ORIGIN_HEADERS, ORIGIN_NAME } from "../distribution/originTable";
import { type DynamicOrigin, type PathOrigin } from "./args";
import { MAINTENANCE_PATTERN } from "./maintenancePage";

// Source: Amazon CloudFront Developer Guide, "Quotas": 25 cache behaviours per distribution, of which the default
// one and the maintenance page take one each.
export const MAX_PATHS = 23;

/** The rule of a pattern of paths. */
export const PATH_PATTERN = text(
    "a path pattern, such as /static/*",
    allOf(
        isPathPattern,
        unless((path) => !/^\/\**$/.test(textOf(path)), "a pattern that leaves paths to the dynamic origin", {
            remedy: "For a site without an application leave dynamicOrigin out",
        }),
        unless(
            (path, _, { before }) => !before.includes(path) && path !== MAINTENANCE_PATTERN,
            `each pattern once, and not ${MAINTENANCE_PATTERN}, which is always there`,
        ),
    ),
);

/** The rules of another application. */
export const PATH_ORIGIN: ArgumentTable<PathOrigin> = {
    paths: required(
        list(
            PATH_PATTERN,
            "a list of path patterns",
            unless((paths) => isCount(paths, 1, MAX_PATHS), `1 to ${MAX_PATHS} patterns`),
        ),
    ),
    domainName: required(ORIGIN_NAME),
    originPath: input(
        textLike(/^(?:\/[A-Za-z0-9_.~-]+)*$/, "a path such as /live, without a slash at its end"),
    ),
    headers: ORIGIN_HEADERS,
};

/** The rules of the application behind the distribution. */
export const DYNAMIC_ORIGIN: ArgumentTable<DynamicOrigin> = {
    domainName: required(ORIGIN_NAME),
    loadBalancerArn: input(arnOf("elasticloadbalancing", "a balancer")),
    headers: ORIGIN_HEADERS,
};
