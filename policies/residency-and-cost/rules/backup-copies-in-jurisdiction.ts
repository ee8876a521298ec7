import { type Member, stackRule } from "../../framework";
import { BACKUP_PLAN, copyTargetsOf, storesOf } from "../../framework/backups";
import {
    isRestricted,
    type ResidencyConfig,
    residencyConfig,
    strangePlace,
    territoryOf,
} from "../shared/residency";

export const rule = stackRule<ResidencyConfig>({
    id: "backup-copies-in-jurisdiction",
    severity: "critical",
    description: "Copies of backups go where the data that was backed up may be.",
    fix: "Copy to a vault of an allowed region, or keep the store out of the plan.",
    frameworks: { controls: ["P05"] },
    config: residencyConfig,
    types: [BACKUP_PLAN],
    checkStack: (stack, report, config) => {
        const restrictedOf = byList((stores) => stores.filter((store) => isRestricted(store, config)));
        stack.each(stack.ofType(BACKUP_PLAN), (plan) => {
            const targets = copyTargetsOf(stack, plan);
            if (targets.length === 0) {
                return;
            }
            // The plan's own tags speak for what it backs up, as do the tags of restricted stores in it.
            const restricted = restrictedOf(storesOf(stack, plan));
            const reported = new Set<string>();
            for (const source of [plan, ...restricted]) {
                const territory = territoryOf(source, config);
                const whose = source === plan ? "backups" : `backups of ${stack.nameOf(source, plan)}`;
                if (typeof territory === "string") {
                    report(`copies ${whose}, and ${source === plan ? "it" : "that"} ${territory}`, plan);
                    continue;
                }
                for (const { region, label } of targets) {
                    const found = strangePlace(region, territory);
                    if (found !== undefined && !reported.has(`${source.urn} ${label}`)) {
                        reported.add(`${source.urn} ${label}`);
                        report(`copies ${whose} to ${label} in ${found}.`, plan);
                    }
                }
            }
        });
    },
});

/** Remembers what comes of a list: plans whose selections say the same have the same one. */
function byList<T>(make: (members: readonly Member[]) => T): (members: readonly Member[]) => T {
    const known = new Map<readonly Member[], T>();
    return (members) => {
        const found = known.get(members) ?? make(members);
        known.set(members, found);
        return found;
    };
}
