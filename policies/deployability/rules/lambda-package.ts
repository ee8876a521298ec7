import { resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { FUNCTION } from "../shared/types";

const OF_ZIP = ["handler", "runtime"];

export const rule = resourceRule({
    id: "lambda-package",
    severity: "high",
    description: "Functions have one source of code, with handler and runtime unless it is an image.",
    fix: "Give code, or s3Bucket with s3Key, with handler and runtime; or imageUri with packageType Image.",
    frameworks: { controls: ["F13.10"] },
    types: [FUNCTION],
    check: ({ props }, report) => {
        const sources = ["code", "s3Bucket", "imageUri"].filter((property) => isGiven(props, property));
        if (sources.length !== 1) {
            report(
                `has ${sources.length === 0 ? "no code" : sources.join(" and ")}; allowed: one source of code.`,
            );
        }
        const isImage = (text(props.packageType) ?? "Zip") === "Image";
        for (const property of OF_ZIP) {
            if (isImage === isGiven(props, property)) {
                report(`has packageType ${isImage ? "Image and" : "Zip and no"} ${property}.`);
            }
        }
    },
});
