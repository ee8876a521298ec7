/** Asks the stand-in as the functions ask a domain: with the SDK's own signer. */
import { STSClient } from "@aws-sdk/client-sts";

import { type Ask, sdkSigner, signedAsk } from "../../../functions/shared/openSearch";
import { KEY, REGION } from "./standIn";

/** Asks under the key that the stand-in knows, or under another one. */
export function askStandIn(origin: string, credentials = KEY): Ask {
    const client = new STSClient({ region: "us-east-1", credentials });
    return signedAsk({ origin, signer: sdkSigner(client, REGION), timeout: 5000 });
}
