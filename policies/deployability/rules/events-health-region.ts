import { object, resourceRule, text, texts } from "../../framework";
import { placeOf } from "../../framework/places";
import { isPending } from "../shared/pending";

/**
 * AWS Health delivers a region's events to that region and to this one; what is in no region to both of them.
 * Source: AWS Health User Guide, "Creating EventBridge rules for AWS Region coverage".
 */
const BACKUP = "us-west-2";
const BACKUP_OF_BACKUP = "us-east-1";

export const rule = resourceRule({
    id: "events-health-region",
    severity: "high",
    description: "Rules on what AWS Health says are where AWS Health says it.",
    fix: `Make the rule in the events' own region, or in its backup region: ${BACKUP}, and ${BACKUP_OF_BACKUP} for ${BACKUP} and for global events.`,
    frameworks: { controls: [] },
    types: ["aws:cloudwatch/eventRule:EventRule"],
    check: (resource, report) => {
        const { props } = resource;
        const place = placeOf(resource);
        const pattern = isPending(props, "eventPattern") ? {} : patternOf(text(props.eventPattern));
        if (place === undefined || !texts(pattern.source).includes("aws.health")) {
            return;
        }
        const asked = texts(object(pattern.detail).eventRegion);
        if (asked.length > 0 && !asked.some((region) => hears(place, region))) {
            report(`is in ${place} and waits for events of ${asked.join(", ")}, which do not come there.`);
        }
    },
});

function hears(place: string, region: string): boolean {
    const isBackup = place === (region === BACKUP ? BACKUP_OF_BACKUP : BACKUP);
    return place === region || isBackup || (region === "global" && place === BACKUP_OF_BACKUP);
}

function patternOf(pattern: string | undefined) {
    try {
        return object(JSON.parse(pattern ?? "{}"));
    } catch {
        return {};
    }
}
