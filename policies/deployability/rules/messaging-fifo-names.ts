import { flag, resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { QUEUE, TOPIC } from "../shared/types";

export const rule = resourceRule({
    id: "messaging-fifo-names",
    severity: "high",
    description: "Names of FIFO queues and topics end in .fifo, and no others do.",
    fix: "Add .fifo to the name with fifoQueue or fifoTopic true, or take it away.",
    frameworks: { controls: ["F16.5", "F16.6"] },
    types: [QUEUE, TOPIC],
    check: ({ type, props }, report) => {
        const property = type === QUEUE ? "fifoQueue" : "fifoTopic";
        const isFifo = flag(props[property]) === true;
        const name = text(props.name) ?? "";
        if (name !== "" && name.endsWith(".fifo") !== isFifo) {
            report(`has the name "${name}" and ${property} ${isFifo}.`);
        }
        if (
            !isFifo &&
            isGiven(props, "contentBasedDeduplication") &&
            flag(props.contentBasedDeduplication) === true
        ) {
            report(`has contentBasedDeduplication true and ${property} false.`);
        }
    },
});
