import { flag, required, text, textLike, textWhere } from "../../components/shared/argumentRules";
import { type ArgumentTable } from "../../components/shared/argumentTable";
import { tracingLayer } from "../shared/functions";
import { type RecoveryKeys, recoveryKeys } from "../shared/recovery";
import { serviceImages } from "../shared/serviceImages";
import { readSettings, type StackSettings } from "../shared/settings";
import { taskCounts } from "../shared/taskCounts";
import { SERVICE_NAMES } from "./serviceTable";

/** What this system's stack files say beside what all do. See Pulumi.yaml. */
export interface MixedKeys extends RecoveryKeys {
    toolsCidrBlock: string;
    serviceImage: string;
    images: string[];
    proxyImage: string;
    collectorImage: string;
    tracingLayerArn?: string;
    minTasks: number;
    maxTasks: number;
    signInPrefix: string;
    paymentProviderUrl: string;
    processesOrders: boolean;
}

const IMAGE = text("an image");

const KEYS: ArgumentTable<MixedKeys> = {
    toolsCidrBlock: required(
        textWhere(
            (block, { cidrBlock }) => /^[\d.]+\/(?:1[6-9]|20)$/.test(block) && block !== cidrBlock,
            "an IPv4 block from /16 to /20 that is not the first network's",
        ),
    ),
    serviceImage: required(IMAGE),
    images: serviceImages(SERVICE_NAMES),
    proxyImage: required(IMAGE),
    collectorImage: required(IMAGE),
    tracingLayerArn: tracingLayer(),
    ...taskCounts(),
    signInPrefix: required(textLike(/^[a-z0-9-]{1,63}$/, "1 to 63 small letters, digits and hyphens")),
    paymentProviderUrl: required(textLike(/^https:\/\/[^\s/]+/, "a URL that begins with https://")),
    processesOrders: required(flag()),
    ...recoveryKeys(),
};

/** The settings of a stack of the system. */
export type MixedSettings = StackSettings<MixedKeys>;

/** Reads the stack's configuration. */
export function readMixedSettings(): MixedSettings {
    return readSettings(KEYS);
}
