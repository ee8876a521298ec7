/** Arguments of CustomerMessaging that are fine. */
import { type CustomerMessagingArgs } from "../../../components";
import { TEST_ACCOUNT, TEST_REGION } from "../preview";

export const MESSAGING_KEY = `arn:aws:kms:${TEST_REGION}:${TEST_ACCOUNT}:key/mail`;
export const MESSAGING_TOPIC = `arn:aws:sns:${TEST_REGION}:${TEST_ACCOUNT}:alarms`;

/** With nothing but what it must be told. */
export const goodMessaging: CustomerMessagingArgs = {
    region: TEST_REGION,
    accountId: TEST_ACCOUNT,
    domain: "shop.example.com",
    hostedZoneId: "Z0123456789EXAMPLE0AB",
    senderAddress: "hello@shop.example.com",
    kmsKeyArn: MESSAGING_KEY,
};
