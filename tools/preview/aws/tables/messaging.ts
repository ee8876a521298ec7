/** Mail and what is sent later. Source of the formats: Service Authorization Reference, Amazon SES and EventBridge Scheduler. */
import { type Context } from "../context";
import { type ModelTable, named, settingOf, withId } from "../model";

/** The group that a schedule is in. */
function groupOf({ text }: Context): string {
    return text("groupName") ?? "default";
}

export const MESSAGING_TABLE: ModelTable = {
    "scheduler.Schedule": {
        id: (context) => `${groupOf(context)}/${context.physicalName}`,
        arn: "schedule/{id}",
        nameLength: 64,
    },
    "scheduler.ScheduleGroup": named("schedule-group/{name}", { nameLength: 64 }),
    "ses.Template": named("template/{name}", { nameLength: 64 }),
    "sesv2.ConfigurationSet": named("configuration-set/{name}", {
        nameProperty: "configurationSetName",
        nameLength: 64,
    }),
    "sesv2.ConfigurationSetEventDestination": withId("{in:configurationSetName}|{in:eventDestinationName}"),
    "sesv2.ContactList": named("contact-list/{name}", { nameProperty: "contactListName", nameLength: 64 }),
    "sesv2.EmailIdentity": withId("{in:emailIdentity}", "identity/{in:emailIdentity}", {
        outputs: {
            identityType: "DOMAIN",
            verificationStatus: "PENDING",
            verifiedForSendingStatus: false,
            // The three keys that SES signs with.
            dkimSigningAttributes: ({ fill }) => ({
                currentSigningKeyLength: "RSA_2048_BIT",
                nextSigningKeyLength: "RSA_2048_BIT",
                signingAttributesOrigin: "AWS_SES",
                status: "PENDING",
                tokens: ["one", "two", "three"].map((key) => fill(`{az:32:${key}}`)),
            }),
        },
    }),
    "sesv2.EmailIdentityMailFromAttributes": settingOf("emailIdentity"),
};
