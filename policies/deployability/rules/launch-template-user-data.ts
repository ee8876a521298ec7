import { resourceRule, text } from "../../framework";
import { isPending } from "../shared/pending";
import { TEMPLATE } from "../shared/types";

const LIMIT = 16 * 1024;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

export const rule = resourceRule({
    id: "launch-template-user-data",
    severity: "high",
    description: "A launch template's user data is in Base64, and has 16 KB or less before it is encoded.",
    fix: 'Encode the script, as by Buffer.from(script).toString("base64"), and fetch what is long from S3.',
    frameworks: { controls: ["C19", "F7.7"] },
    types: [TEMPLATE],
    check: ({ props }, report) => {
        const given = isPending(props, "userData") ? "" : (text(props.userData) ?? "");
        const data = given.replace(/\s+/g, "");
        if (!BASE64.test(data)) {
            report("has userData that is not in Base64.");
            return;
        }
        const size = Buffer.from(data, "base64").length;
        if (size > LIMIT) {
            report(`has userData of ${size} bytes; allowed: ${LIMIT}.`);
        }
    },
});
