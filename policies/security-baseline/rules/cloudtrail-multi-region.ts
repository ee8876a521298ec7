import { flag, list, type Member, object, objects, stackRule, text, texts } from "../../framework";
import { ACCOUNT_CONFIG, type AccountConfig, isHome, TRAIL } from "../shared/baseline";

export const rule = stackRule<AccountConfig>({
    id: "cloudtrail-multi-region",
    severity: "high",
    description: "A trail records what is done in the account, in all regions.",
    fix: "Have one aws.cloudtrail.Trail with isMultiRegionTrail in the stack that looks after the account, with logging, global services and management events on.",
    frameworks: {
        controls: ["166", "P36"],
        securityHub: ["CloudTrail.1"],
        cisV3: ["3.1"],
        cisV5: ["3.1"],
        checkov: ["CKV_AWS_67"],
    },
    config: ACCOUNT_CONFIG,
    checkStack: (stack, report, config) => {
        if (config.managedElsewhere) {
            return;
        }
        const trails = stack.ofType(TRAIL);
        if (trails.length === 0) {
            if (isHome(stack, config, TRAIL)) {
                report("looks after its account, and has no trail.");
            }
            return;
        }
        // One will do; others may be for single regions or kinds of events.
        const gaps: { trail: Member; gap: string | undefined }[] = [];
        stack.each(trails, (trail) => {
            gaps.push({ trail, gap: gapOf(trail) });
        });
        if (gaps.length === trails.length && gaps.every(({ gap }) => gap !== undefined)) {
            for (const { trail, gap = "" } of gaps) {
                report(`does not record everything: ${gap}.`, trail);
            }
        }
    },
});

/** What keeps a trail from recording all that is done in the account; undefined where nothing does. */
function gapOf({ props }: Member): string | undefined {
    // The provider's default is false.
    if (flag(props.isMultiRegionTrail) !== true) {
        return "isMultiRegionTrail is not true";
    }
    // The provider's default is true for both.
    const off = ["enableLogging", "includeGlobalServiceEvents"].find(
        (property) => flag(props[property]) === false,
    );
    if (off !== undefined) {
        return `${off} is false`;
    }
    const selectors = objects(props.eventSelectors);
    if (selectors.length > 0) {
        const records = selectors.some(
            ({ includeManagementEvents, readWriteType }) =>
                flag(includeManagementEvents) !== false && (text(readWriteType) ?? "All") === "All",
        );
        return records ? undefined : "no selector of eventSelectors takes all management events";
    }
    const advanced = objects(props.advancedEventSelectors);
    const records = advanced.some(({ fieldSelectors }) => {
        const fields = list(fieldSelectors).map(object);
        return (
            fields.some(
                ({ field, equals }) => field === "eventCategory" && texts(equals).includes("Management"),
            ) && !fields.some(({ field }) => field === "readOnly")
        );
    });
    return advanced.length === 0 || records
        ? undefined
        : "no selector of advancedEventSelectors takes all management events";
}
