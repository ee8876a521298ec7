import { list, required, text, textLike } from "../../components/shared/argumentRules";
import { type ArgumentTable } from "../../components/shared/argumentTable";
import { otherRegion, readSettings, type StackSettings } from "../shared/settings";
import { taskCounts } from "../shared/taskCounts";
import { SERVICE_NAMES } from "./serviceTable";

/** What this system's stack files say beside what all do. See Pulumi.yaml. */
export interface ShopKeys {
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

const IMAGE_OF = new RegExp(`^(?:${SERVICE_NAMES.join("|")})=\\S+$`);

const KEYS: ArgumentTable<ShopKeys> = {
    frontImage: required(text("an image")),
    serviceImage: required(text("an image")),
    images: required(
        list(textLike(IMAGE_OF, `service=image, the service one of ${SERVICE_NAMES.join(", ")}`)),
    ),
    proxyImage: required(text("an image")),
    collectorImage: required(text("an image")),
    tracingLayerArn: textLike(
        /^arn:aws:lambda:[^:]+:\d{12}:layer:[^:]+:\d+$/,
        "the ARN of a layer's version",
    ),
    ...taskCounts(),
    signInPrefix: required(
        textLike(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, "1 to 63 small letters, digits and hyphens"),
    ),
    paymentProviderUrl: required(textLike(/^https:\/\/[^\s/]+/, "a URL that begins with https://")),
    staticReplicaRegion: otherRegion(),
};

/** The settings of a stack of the shop. */
export type ShopSettings = StackSettings<ShopKeys>;

/** Reads the stack's configuration. */
export function readShopSettings(): ShopSettings {
    return readSettings(KEYS);
}
