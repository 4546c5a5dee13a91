import DialModel
