import { databaseRegions } from "../catalogue";
import { check, checkRange, type RuleContext } from "./rule";

/** Source: ARC Region switch API Reference, Plan, regions. */
const PLAN_REGIONS = 2;

/** What watches the regions, and what moves work between them. */
export function recoveryRules(context: RuleContext): void {
    const { catalogue, problems, values } = context;
    checkRange(context, "canaryIntervalMinutes", 0, 60);
    const members = databaseRegions(catalogue).map(({ key }) => key);
    check(
        context,
        "regionSwitchPlan",
        (wanted) => !wanted || (members.length === PLAN_REGIONS && catalogue.length === PLAN_REGIONS),
        `false, because a plan of Region switch is about exactly ${PLAN_REGIONS} regions and the environment has ` +
            catalogue.map(({ key }) => key).join(", "),
    );
    check(
        context,
        "regionSwitchTraffic",
        (wanted) => !wanted || values.regionSwitchPlan === true,
        `false unless ${problems.fileKey("regionSwitchPlan")} is true`,
    );
    check(
        context,
        "regionSwitchTraffic",
        (wanted) => !wanted || values.geolocationRouting !== true,
        `false while ${problems.fileKey("geolocationRouting")} is true, because the plan's health checks are of the ` +
            "latency records, which viewers of a continent pass by",
    );
}
