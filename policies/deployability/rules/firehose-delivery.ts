import { flag, number, object, resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { judge } from "../shared/values";

/** Source: Amazon Data Firehose Developer Guide, "Enable record format conversion" and "Dynamic partitioning". */
const LEAST_BUFFER = 64;
const DEFAULT_BUFFER = 5;

export const rule = resourceRule({
    id: "firehose-delivery",
    severity: "high",
    description: "Firehose streams to S3 have prefixes, buffers and compression that go together.",
    fix: "Give errorOutputPrefix beside a prefix with !{…}, and with format conversion or dynamic partitioning a bufferingSize of 64 or more; leave compressionFormat out where the format is converted.",
    frameworks: { controls: ["F47.5"] },
    types: ["aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"],
    check: ({ props }, report) => {
        if (!isGiven(props, "extendedS3Configuration")) {
            return;
        }
        const s3 = object(props.extendedS3Configuration);
        const converts = (): boolean =>
            isGiven(s3, "dataFormatConversionConfiguration") &&
            flag(object(s3.dataFormatConversionConfiguration).enabled) !== false;
        const partitions = (): boolean =>
            isGiven(s3, "dynamicPartitioningConfiguration") &&
            flag(object(s3.dynamicPartitioningConfiguration).enabled) === true;
        judge(
            () => {
                if ((text(s3.prefix) ?? "").includes("!{") && !isGiven(s3, "errorOutputPrefix")) {
                    report("has a prefix with !{…} and no errorOutputPrefix.");
                }
            },
            () => {
                const size = number(s3.bufferingSize) ?? DEFAULT_BUFFER;
                if (size < LEAST_BUFFER && (converts() || partitions())) {
                    const what = converts()
                        ? "converts the format of records"
                        : "partitions by their content";
                    report(`${what} with bufferingSize ${size}; allowed: ${LEAST_BUFFER} or more.`);
                }
            },
            () => {
                const format = text(s3.compressionFormat) ?? "UNCOMPRESSED";
                if (converts() && format !== "UNCOMPRESSED") {
                    report(`converts the format of records, and has compressionFormat "${format}".`);
                }
            },
        );
    },
});
