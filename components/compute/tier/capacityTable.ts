import { architectureOf, commonArchitecture } from "../../shared/instanceTypes";
import {
    allOf,
    byDefault,
    isCount,
    isEachOnce,
    list,
    numberIn,
    numberOf,
    numberWhere,
    textWhere,
    wholeNumber,
} from "../../shared/argumentRules";
import { type ArgumentTable, type Judge, type Place } from "../../shared/argumentTable";
import { type FleetCapacity } from "./args";
import { DEFAULT_CAPACITY } from "./capacity";

// Amazon EC2 Auto Scaling User Guide, "Auto Scaling groups with multiple instance types": 40 at most.
export const MAX_INSTANCE_TYPES = 40;
/** More pools make it likelier that one has Spot capacity left; with fewer, one shortage empties the fleet. */
export const MIN_SPOT_TYPES = 3;

const MAX_INSTANCES = 10_000;

type Size = "minSize" | "maxSize" | "onDemandBaseCapacity" | "onDemandPercentageAboveBase";

const sizeOf = ({ within }: Place, size: Size): number => numberOf(within[size], DEFAULT_CAPACITY[size]);

const usesSpot = (place: Place): boolean =>
    sizeOf(place, "maxSize") > sizeOf(place, "onDemandBaseCapacity") &&
    sizeOf(place, "onDemandPercentageAboveBase") < 100;

/** Where one type runs out of Spot capacity another one has some. */
const areTypesEnough: Judge = (value, _, place) => {
    const given = Array.isArray(place.within.instanceTypes) ? place.within.instanceTypes : value;
    const least = usesSpot(place) ? MIN_SPOT_TYPES : 1;
    return isEachOnce(given) && isCount(given, least, MAX_INSTANCE_TYPES)
        ? undefined
        : {
              allowed: `${least} to ${MAX_INSTANCE_TYPES} different types`,
              ...(usesSpot(place)
                  ? { remedy: "Where one type runs out of Spot capacity another one has some" }
                  : {}),
          };
};

const areOfOneArchitecture: Judge = (value) => {
    const types = value as readonly string[];
    const isKnownType = (type: string): boolean => architectureOf(type) !== undefined;
    if (types.length === 0 || !types.every(isKnownType) || commonArchitecture(types) !== undefined) {
        return undefined;
    }
    const listed = types.map((type) => `${type} is ${architectureOf(type) ?? ""}`).join(", ");
    return {
        allowed: "types of one architecture, arm64 or x86_64",
        remedy: `One launch template has one image: ${listed}`,
    };
};

/** The rules of a fleet's size, and of what it is made of. */
export const CAPACITY: ArgumentTable<FleetCapacity> = {
    minSize: wholeNumber({ min: 1, max: MAX_INSTANCES }, `a whole number from 1 to ${MAX_INSTANCES}`),
    maxSize: byDefault(
        DEFAULT_CAPACITY.maxSize,
        numberWhere(
            (size, _, place) =>
                Number.isInteger(size) &&
                size >= 1 &&
                size <= MAX_INSTANCES &&
                size > sizeOf(place, "minSize"),
            (_, place) => `a whole number above minSize (${sizeOf(place, "minSize")})`,
            { remedy: "Scaling, and replacing an instance before the old one goes, need the room" },
        ),
    ),
    onDemandBaseCapacity: byDefault(
        DEFAULT_CAPACITY.onDemandBaseCapacity,
        wholeNumber(
            (_, place) => ({ min: 0, max: sizeOf(place, "maxSize") }),
            (_, place) => `a whole number from 0 to maxSize (${sizeOf(place, "maxSize")})`,
        ),
    ),
    onDemandPercentageAboveBase: numberIn({ min: 0, max: 100, step: 1 }),
    instanceTypes: byDefault(
        DEFAULT_CAPACITY.instanceTypes,
        list(
            textWhere(
                (type) => architectureOf(type) !== undefined,
                "an EC2 instance type, such as t4g.small",
            ),
            "a list of EC2 instance types",
            allOf(areTypesEnough, areOfOneArchitecture),
        ),
    ),
    targetCpuPercent: numberIn({ min: 1, max: 100 }),
    targetRequestsPerInstance: numberWhere(
        (requests) => Number.isFinite(requests) && requests >= 1,
        "1 or more (requests per minute)",
        { kind: "a number" },
    ),
};
