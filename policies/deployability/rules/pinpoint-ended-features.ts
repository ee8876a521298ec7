import { resourceRule } from "../../framework";
import { isGiven } from "../../framework/items";

const APP = "aws:pinpoint/app:App";
const ENDED_TYPES: Readonly<Partial<Record<string, string>>> = {
    "aws:pinpoint/emailChannel:EmailChannel": "aws.sesv2.EmailIdentity",
    "aws:pinpoint/emailTemplate:EmailTemplate": "aws.ses.Template",
    "aws:pinpoint/eventStream:EventStream": "aws.pinpoint.Smsvoicev2EventDestination",
};
const ENDED_ARGUMENTS = ["campaignHook", "limits", "quietTime"];

export const rule = resourceRule({
    id: "pinpoint-ended-features",
    severity: "high",
    description: "Nothing is made of the parts of Pinpoint that ended on 2026-10-30.",
    fix: "Send mail with SES and messages with End User Messaging (aws.pinpoint.Smsvoicev2…).",
    frameworks: { controls: ["C20", "F19.1"] },
    types: [APP, ...Object.keys(ENDED_TYPES)],
    check: ({ type, props }, report) => {
        const instead = ENDED_TYPES[type];
        if (instead !== undefined) {
            report(
                `is of the type ${type.replace(/^.*:/, "")}, which ended with Pinpoint; ${instead} takes its place.`,
            );
            return;
        }
        for (const property of ENDED_ARGUMENTS.filter((each) => isGiven(props, each))) {
            report(`has ${property}, which ended with Pinpoint's campaigns.`);
        }
    },
});
