import { stackRule } from "../../framework";
import { BACKUP_PLAN, storesOf } from "../../framework/backups";
import { eachObject } from "../../framework/items";
import { type Member, type StackView } from "../../framework/stackView";
import { flag, number, object, text } from "../../framework/subject";
import { tagOf } from "../../framework/tags";
import { hoursIn, longestGap, spanOf } from "../../framework/schedule";

interface Config {
    readonly rpoTag: string;
    readonly defaultRpo: string;
    readonly tierTag: string;
    readonly retentionDaysByTier: Readonly<Record<string, number>>;
    readonly defaultRetentionDays: number;
}

// AWS Backup runs a rule that has no schedule once a day: "cron(0 5 ? * * *)".
const DEFAULT_SCHEDULE = "cron(0 5 ? * * *)";

// Continuous backups can be restored to within minutes of the present: 5 for databases, 15 for S3.
const CONTINUOUS_HOURS = 0.25;

export const rule = stackRule<Config>({
    id: "backup-meets-rpo",
    severity: "high",
    description:
        "Backups run as often as the recovery point objective asks, and are kept as long as the recovery tier asks.",
    fix: "Shorten the schedule of a rule of the plan, or lengthen its lifecycle.deleteAfter, or correct the tag.",
    frameworks: { controls: ["P12"] },
    config: {
        rpoTag: {
            type: "string",
            default: "rpo",
            description:
                "The tag of a plan, or of a store in it, that says how much may be lost, such as 15m, 4h or 1d.",
        },
        defaultRpo: {
            type: "string",
            pattern: "^\\d+(\\.\\d+)?\\s*[mhdw]$",
            default: "24h",
            description: "How much may be lost where no tag says so.",
        },
        tierTag: {
            type: "string",
            default: "recovery-tier",
            description: "The tag of a plan, or of a store in it, that says how important it is.",
        },
        retentionDaysByTier: {
            type: "object",
            additionalProperties: { type: "integer", minimum: 1 },
            default: { "1": 35, "2": 14, "3": 7 },
            description: "Days for which backups of a tier are kept at least.",
        },
        defaultRetentionDays: {
            type: "integer",
            minimum: 1,
            default: 7,
            description: "Days for which backups are kept at least where no tag says so.",
        },
    },
    types: [BACKUP_PLAN],
    checkStack: (stack, report, config) => {
        stack.each(stack.ofType(BACKUP_PLAN), (plan) => {
            const offer = offerOf(plan);
            for (const schedule of offer.unreadable) {
                report(
                    `has the schedule "${schedule}", which is no cron or rate expression, or stops at some time.`,
                    plan,
                );
            }
            const rpo = strictestRpo(stack, plan, config);
            if (rpo.hours === undefined) {
                report(
                    `is to meet the ${config.rpoTag} "${rpo.text}" of ${rpo.source}, which is no span of time such as 15m, 4h or 1d.`,
                    plan,
                );
            } else if (offer.hours > rpo.hours && offer.unreadable.length === 0) {
                report(
                    `runs every ${spanOf(offer.hours)}, and ${rpo.source} may lose ${spanOf(rpo.hours)} at most.`,
                    plan,
                );
            }
            const retention = longestRetention(stack, plan, config);
            if (offer.days < retention.days) {
                report(
                    `keeps backups for ${offer.days} ${offer.days === 1 ? "day" : "days"}, and ${retention.source} asks for ${retention.days}.`,
                    plan,
                );
            }
        });
    },
});

/** What the plan's rules give: the shortest time between backups, and the longest time that one is kept. */
function offerOf(plan: Member): { hours: number; days: number; unreadable: readonly string[] } {
    let hours = Infinity;
    let days = 0;
    const unreadable: string[] = [];
    eachObject(plan.props.rules, (each) => {
        const schedule = text(each.schedule) ?? DEFAULT_SCHEDULE;
        const gap = flag(each.enableContinuousBackup) === true ? CONTINUOUS_HOURS : longestGap(schedule);
        if (gap === undefined) {
            unreadable.push(schedule);
        }
        hours = Math.min(hours, gap ?? Infinity);
        // Without it backups are kept for ever.
        days = Math.max(days, number(object(each.lifecycle).deleteAfter) ?? Infinity);
    });
    return { hours, days, unreadable };
}

/** What a tag asks for, and whose it is. */
interface Asked {
    readonly value: string;
    readonly source: string;
}

interface Rpo {
    readonly text: string;
    readonly hours: number | undefined;
    readonly source: string;
}

function strictestRpo(stack: StackView, plan: Member, { rpoTag, defaultRpo }: Config): Rpo {
    const asked = tagged(stack, plan, rpoTag).map(({ value, source }): Rpo => ({
        text: value,
        hours: hoursIn(value),
        source,
    }));
    const [strictest] = asked.sort((a, b) => (a.hours ?? 0) - (b.hours ?? 0));
    return strictest ?? { text: defaultRpo, hours: hoursIn(defaultRpo), source: "a plan without the tag" };
}

function longestRetention(
    stack: StackView,
    plan: Member,
    { tierTag, retentionDaysByTier, defaultRetentionDays }: Config,
): { days: number; source: string } {
    return tagged(stack, plan, tierTag)
        .flatMap(({ value, source }) => {
            const days = retentionDaysByTier[value];
            return days === undefined ? [] : [{ days, source: `tier ${value} of ${source}` }];
        })
        .reduce((longest, each) => (each.days > longest.days ? each : longest), {
            days: defaultRetentionDays,
            source: "every plan",
        });
}

function tagged(stack: StackView, plan: Member, tag: string): readonly Asked[] {
    const own = tagOf(plan, tag);
    return [
        ...(own === undefined ? [] : [{ value: own, source: "the plan" }]),
        ...stack.once(taggedStores).of(storesOf(stack, plan), tag),
    ];
}

/** The values of tags of stores, each with the first store that has it. Plans with the same stores share them. */
class TaggedStores {
    readonly #known = new Map<readonly Member[], Map<string, readonly Asked[]>>();

    of(stores: readonly Member[], tag: string): readonly Asked[] {
        const byTag = this.#known.get(stores) ?? new Map<string, readonly Asked[]>();
        this.#known.set(stores, byTag);
        let found = byTag.get(tag);
        if (found === undefined) {
            const firsts = new Map<string, string>();
            for (const store of stores) {
                const value = tagOf(store, tag);
                if (value !== undefined && !firsts.has(value)) {
                    firsts.set(value, store.name);
                }
            }
            found = [...firsts].map(([value, name]) => ({ value, source: `"${name}"` }));
            byTag.set(tag, found);
        }
        return found;
    }
}

function taggedStores(): TaggedStores {
    return new TaggedStores();
}
