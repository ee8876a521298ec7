import { resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { isAurora } from "../shared/aurora";
import { RDS_CLUSTER } from "../shared/types";
import { judge } from "../shared/values";

const STORAGE_TYPES = ["aurora", "aurora-iopt1"];

export const rule = resourceRule({
    id: "aurora-storage-arguments",
    severity: "high",
    description: "Aurora clusters have none of the storage and instance arguments of Multi-AZ clusters.",
    fix: "Leave the argument out; Aurora sizes storage by itself, and instances have a class each.",
    frameworks: { controls: ["F1.2.11"] },
    types: [RDS_CLUSTER],
    check: ({ props }, report) => {
        if (!isAurora(text(props.engine))) {
            return;
        }
        judge(
            () => {
                for (const property of ["allocatedStorage", "iops", "dbClusterInstanceClass"]) {
                    if (isGiven(props, property)) {
                        report(`has ${property}, which Aurora does not take.`);
                    }
                }
            },
            () => {
                const storage = text(props.storageType);
                if (storage !== undefined && storage !== "" && !STORAGE_TYPES.includes(storage)) {
                    report(`has storageType "${storage}"; Aurora takes ${STORAGE_TYPES.join(" and ")}.`);
                }
            },
        );
    },
});
