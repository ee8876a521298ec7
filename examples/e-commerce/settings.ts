import { required, text, textLike } from "../../components/shared/argumentRules";
import { type ArgumentTable } from "../../components/shared/argumentTable";
import { tracingLayer } from "../shared/functions";
import { type RecoveryKeys, recoveryKeys } from "../shared/recovery";
import { serviceImages } from "../shared/serviceImages";
import { otherRegion, readSettings, type StackSettings } from "../shared/settings";
import { taskCounts } from "../shared/taskCounts";
import { SERVICE_NAMES } from "./serviceTable";

/** What this system's stack files say beside what all do. See Pulumi.yaml. */
export interface ShopKeys extends RecoveryKeys {
    frontImage: string;
    serviceImage: string;
    images: string[];
    proxyImage: string;
    collectorImage: string;
    tracingLayerArn?: string;
    minTasks: number;
    maxTasks: number;
    signInPrefix: string;
    paymentProviderUrl: string;
    staticReplicaRegion?: string;
}

const KEYS: ArgumentTable<ShopKeys> = {
    frontImage: required(text("an image")),
    serviceImage: required(text("an image")),
    images: serviceImages(SERVICE_NAMES),
    proxyImage: required(text("an image")),
    collectorImage: required(text("an image")),
    tracingLayerArn: tracingLayer(),
    ...taskCounts(),
    signInPrefix: required(
        textLike(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, "1 to 63 small letters, digits and hyphens"),
    ),
    paymentProviderUrl: required(textLike(/^https:\/\/[^\s/]+/, "a URL that begins with https://")),
    staticReplicaRegion: otherRegion(),
    ...recoveryKeys(),
};

/** The settings of a stack of the shop. */
export type ShopSettings = StackSettings<ShopKeys>;

/** Reads the stack's configuration. */
export function readShopSettings(): ShopSettings {
    return readSettings(KEYS);
}
