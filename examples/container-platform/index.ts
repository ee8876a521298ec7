import { composePlatform } from "./platform";

export = composePlatform;
