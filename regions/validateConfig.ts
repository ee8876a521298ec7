import { catalogueProblems } from "./catalogue";
import { backupRules } from "./rules/backup";
import { databaseRules } from "./rules/database";
import { edgeRules } from "./rules/edge";
import { eventsRules } from "./rules/events";
import { fleetRules } from "./rules/fleet";
import { identityRules } from "./rules/identity";
import { networkRules } from "./rules/network";
import { recoveryRules } from "./rules/recovery";
import { type RuleContext } from "./rules/rule";

/** Notes everything that is wrong with the catalogue and with the values of a stack's configuration. */
export function validateConfig(context: RuleContext): void {
    for (const problem of catalogueProblems(context.catalogue)) {
        context.problems.addText(`regions/catalogue.ts, ${problem}`);
    }
    identityRules(context);
    networkRules(context);
    fleetRules(context);
    databaseRules(context);
    backupRules(context);
    edgeRules(context);
    eventsRules(context);
    recoveryRules(context);
}
