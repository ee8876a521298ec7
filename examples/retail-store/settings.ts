import { isPrivateBlock, parseCidr } from "../../components/shared/cidrBlock";
import { flag, list, required, text, textWhere } from "../../components/shared/argumentRules";
import { type ArgumentTable } from "../../components/shared/argumentTable";
import { isDomainName } from "../../components/shared/validation";
import { type RecoveryKeys, recoveryKeys } from "../shared/recovery";
import { serviceImages } from "../shared/serviceImages";
import { otherRegion, readSettings, type StackSettings } from "../shared/settings";
import { SERVICE_NAMES } from "./serviceTable";

/** What this system's stack files say beside what all do. See Pulumi.yaml. */
export interface StoreKeys extends RecoveryKeys {
    images: string[];
    frontImage: string;
    officeImage: string;
    serviceImage: string;
    proxyImage: string;
    collectorImage: string;
    officeCidrBlocks: string[];
    mailDomain: string;
    servedRecommendations: boolean;
    searchLinkedRole: boolean;
    restoredDatabase: boolean;
    staticReplicaRegion?: string;
}

const KEYS: ArgumentTable<StoreKeys> = {
    images: serviceImages(SERVICE_NAMES),
    frontImage: required(text("an image")),
    officeImage: required(text("an image")),
    serviceImage: required(text("an image")),
    proxyImage: required(text("an image")),
    collectorImage: required(text("an image")),
    officeCidrBlocks: required(
        list(
            textWhere((block) => {
                const parsed = parseCidr(block);
                return parsed !== undefined && isPrivateBlock(parsed);
            }, "a private IPv4 block, such as 10.0.0.0/16"),
        ),
    ),
    mailDomain: required(textWhere(isDomainName, "a domain in lower case, such as mail.store.example.com")),
    servedRecommendations: required(flag()),
    searchLinkedRole: required(flag()),
    restoredDatabase: required(flag()),
    staticReplicaRegion: otherRegion(),
    ...recoveryKeys(),
};

/** The settings of a stack of the store. */
export type StoreSettings = StackSettings<StoreKeys>;

/** Reads the stack's configuration. */
export function readStoreSettings(): StoreSettings {
    return readSettings(KEYS);
}
